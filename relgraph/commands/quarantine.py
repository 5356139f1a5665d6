"""`relgraph quarantine`: rows that loads refused, their corrections, and loading them again."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relgraph.console import Json, emit, out, step
from relgraph.help import command_group
from relgraph.settings import Settings

if TYPE_CHECKING:
    from ingest.quarantine.waiting import BadRow
    from ingest.staging.database import Staging

quarantine = command_group("quarantine", "List the rows that loads refused, correct them, load them again.")


def register(app: typer.Typer) -> None:
    app.add_typer(quarantine)


@quarantine.command("list")
def list_(
    dataset: Annotated[str | None, typer.Option(metavar="NAME", help="Of this dataset only.")] = None,
    samples: Annotated[int, typer.Option(min=0, max=100, help="Rows shown of each reason.")] = 3,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the rows there, to be corrected.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the rows that wait, by reason.

    They are those that no later load of the same file has replaced.
    """
    from ingest.quarantine.correct import write_table
    from ingest.quarantine.waiting import by_reason

    settings = Settings()
    rows = [one for one in _waiting(settings) if dataset in (None, one.dataset)]
    written = write_table(rows, csv) if csv is not None else None
    told = {
        "rows": len(rows),
        "reasons": [asdict(reason) for reason in by_reason(rows, samples)],
        "file": str(csv) if csv is not None else None,
        "written": written,
    }
    emit(told, as_json=as_json, render=_listed)


@quarantine.command()
def fix(
    table: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file of `quarantine list --csv`, corrected.")
    ],
    as_json: Json = False,
) -> None:
    """Take corrected cells from a table; `retry` loads them. What was read stays in the load's own file."""
    from ingest.quarantine.correct import correct

    settings = Settings()
    with _staging(settings) as staging:
        changed = correct(staging, _waiting_in(staging, settings), table)
    emit({"corrected": changed}, as_json=as_json, render=_corrected)


@quarantine.command()
def retry(as_json: Json = False) -> None:
    """Load the rows that wait again.

    They count as of the exports that they came with. What is still bad waits again.
    """
    from datetime import UTC, datetime

    from ingest.quarantine.retry import retry as load_again
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    settings = Settings()
    with opened(settings) as store:
        reports = load_again(
            store, settings.home, datetime.now(UTC), fixed=settings.now, told=step,
            limits=duckdb_limits(settings),
        )  # fmt: skip
    emit([report.as_dict() for report in reports], as_json=as_json, render=_retried)


def _waiting(settings: Settings) -> "list[BadRow]":
    with _staging(settings) as staging:
        return _waiting_in(staging, settings)


def _staging(settings: Settings) -> Any:
    from contextlib import closing

    from ingest.staging.database import open_staging
    from relgraph.memory import duckdb_limits

    return closing(open_staging(settings.home, duckdb_limits(settings)))


def _waiting_in(staging: "Staging", settings: Settings) -> "list[BadRow]":
    from ingest.quarantine.waiting import waiting_rows
    from ingest.revert.archive import kept_runs

    return waiting_rows(staging, kept_runs(settings.home))


def _listed(told: dict[str, Any]) -> None:
    from ingest.staging.encoding import readable

    for reason in told["reasons"]:
        out.print(f"{reason['rows']:,} × {reason['dataset']}: {reason['reason']}", markup=False)
        for one in reason["samples"]:
            cells = (one["cells"] or {}).items()
            shown = ", ".join(f"{name}={readable(cell)}" for name, cell in cells if cell)
            out.print(f"    {one['file']}, row {one['row']}: {one['reason']} [{shown[:160]}]", markup=False)
    out.print(f"{told['rows']:,} rows wait")
    if told["file"]:
        out.print(f"{told['written']:,} rows are in {told['file']}: correct the cells, then `quarantine fix`")


def _corrected(told: dict[str, Any]) -> None:
    out.print(f"{told['corrected']:,} rows are corrected; `relgraph quarantine retry` loads them")


def _retried(reports: list[dict[str, Any]]) -> None:
    from relgraph.commands.ingest import render

    for report in reports:
        render(report)
    if not reports:
        out.print("no row waits that can be loaded by itself")
