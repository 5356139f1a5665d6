"""`relgraph evaluate hierarchy`: inferred superiors against a file of known reporting lines."""

from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.console import step
from relgraph.settings import Settings

if TYPE_CHECKING:
    from gnn.reporting_lines.evaluate import Question

HIERARCHY = "hierarchy"


def hierarchy(truth: Path, question: "Question") -> dict[str, float]:
    """The measures on the graph of the settings; raises TruthUnreadable or NoMails."""
    from gnn.reporting_lines.evaluate import evaluate
    from gnn.reporting_lines.mail_log import read_mail_log
    from gnn.reporting_lines.truth import find_people, read_truth
    from graph.history import open_history
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    lines, settings = read_truth(truth), Settings()
    with opened(settings) as store:
        step("reading the mails")
        with open_history(store, settings.home, duckdb_limits(settings)) as history:
            log = read_mail_log(history)
        found = find_people(store, log.people, lines)
    step(f"judging {len(lines)} rows by {len(log.sender)} mails")
    if missing := found.missing:
        step(
            f"{missing} of {len(lines)} persons of {truth.name} are not in the graph and count as misses"
            "; ids are written as `source:key`"
        )
    return evaluate(log, found, question)
