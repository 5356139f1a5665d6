"""`relgraph resolve`: which records mean the same person, company or thing."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from relgraph.console import out, step


def register(app: typer.Typer) -> None:
    resolve = typer.Typer(
        no_args_is_help=True, help="Find records that mean the same; judge that by a truth."
    )
    resolve.command()(evaluate)
    app.add_typer(resolve, name="resolve")


def evaluate(
    records: Annotated[list[Path], typer.Argument(help="Files with records; with two, pairs between them.")],
    truth: Annotated[
        str, typer.Option(help="A column of equal values, or a file of pairs of first columns.")
    ],
    config: Annotated[
        Path | None, typer.Option("--config", help="Settings (YAML); see docs/resolve.md.")
    ] = None,
    truth_pattern: Annotated[
        str | None, typer.Option(help="Regular expression; records of equal first group belong together.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON on standard output.")
    ] = False,
) -> None:
    """Link records without their truth, and print how well the clusters agree with it."""
    from ingest.resolve.config import read_config
    from ingest.resolve.evaluate import evaluate as judge
    from ingest.resolve.evaluate import read_judged

    settings = read_config(config)
    evaluation, linked = judge(read_judged(records, truth, truth_pattern), settings)
    if as_json:
        typer.echo(orjson.dumps(evaluation.as_dict()).decode())
        return
    for column in linked.columns:
        step(f"{column.name}: {column.meaning} ({column.reason})")
    _render(evaluation.as_dict(), linked.method)


def _render(report: dict[str, Any], method: str) -> None:
    out.print(
        f"{report['records']} records, {report['clusters']} clusters, {report['seconds']} s, by {method}"
    )
    for name, judged in (("pairs", report), ("b-cubed", report["bcubed"])):
        shown = "  ".join(f"{key} {judged[key]:.4f}" for key in ("precision", "recall", "f1"))
        out.print(f"  {name:8s} {shown}")
