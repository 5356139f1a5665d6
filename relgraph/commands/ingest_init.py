"""`relgraph ingest init`: a mapping proposed from the files alone."""

from pathlib import Path

import orjson
import typer

from graph.errors import UsageError
from relgraph.console import step


def propose_mapping(paths: list[Path], *, as_json: bool) -> None:
    """Print the proposal for files or a folder and nothing else. Raises UsageError, SourceUnreadable."""
    from ingest.proposal.draft.write import mapping_text
    from ingest.proposal.propose import propose

    if not paths:
        raise UsageError(
            "ingest init needs files or a folder; to load a folder called init, add --mapping FILE"
        )
    proposal = propose(paths, step)
    for note in proposal.notes:
        step(note)
    if as_json:
        typer.echo(orjson.dumps(proposal.as_dict(), option=orjson.OPT_INDENT_2).decode())
    else:
        typer.echo(mapping_text(proposal), nl=False)
