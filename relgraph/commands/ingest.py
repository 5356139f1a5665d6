"""`relgraph ingest`: files through a mapping into the graph."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from relgraph.console import Json, emit, err, out, step
from relgraph.moment import Now, iso

if TYPE_CHECKING:
    from ingest.report import Report

COLUMNS = ("read", "loaded", "unchanged", "quarantined")
RARE = ("filtered", "review", "duplicates")
"""Columns that are shown where some row has them."""
HEADINGS = {"quarantined": "bad", "duplicates": "copies"}
"""Short, so that a report fits into 80 columns."""


def register(app: typer.Typer) -> None:

    @app.command()
    def ingest(
        path: Annotated[Path, typer.Argument(help="Folder (or file) with the exports.")],
        mapping: Annotated[
            Path, typer.Option("--mapping", "-m", help="The mapping (YAML); see docs/ingest.md.")
        ],
        strict: Annotated[bool, typer.Option("--strict", help="Load nothing when a row is bad.")] = False,
        accept_removals: Annotated[
            bool,
            typer.Option("--accept-removals", help="Let a complete export end more than 5% of a dataset."),
        ] = False,
        source: Annotated[str | None, typer.Option(help="Overrides the mapping's source name.")] = None,
        exported_at: Annotated[
            str | None, typer.Option(help="When the exports were made (ISO date); overrides the mapping's.")
        ] = None,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Load exports as a mapping says: bad rows wait in quarantine, nothing is dropped silently."""
        report = load(
            path, mapping, strict=strict, accept_removals=accept_removals, source=source,
            exported_at=exported_at, now=now,
        )  # fmt: skip
        emit(report.as_dict(), as_json=as_json, render=render)


def load(
    path: Path,
    mapping: Path,
    *,
    strict: bool = False,
    accept_removals: bool = False,
    source: str | None = None,
    exported_at: str | None = None,
    now: str | None = None,
) -> "Report":
    """Run one ingest on the configured engine, with progress on standard error."""
    from datetime import UTC, datetime

    from ingest.mapping.read import read_mapping
    from ingest.run import ingest
    from relgraph.engine import opened
    from relgraph.memory import budget, usable_memory
    from relgraph.settings import Settings

    settings = Settings().at(now)
    declared = read_mapping(mapping).exported_on(exported_at and iso(exported_at, "--exported-at"))
    if source is not None:
        declared = declared.model_copy(update={"source": source})
    with opened(settings) as store, _bar() as bar:
        task = bar.add_task("items", total=None)
        return ingest(
            store, declared, path, settings.home, datetime.now(UTC), strict=strict,
            accept_removals=accept_removals, fixed=settings.now, step=step,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
            limits=budget(settings, usable_memory()).duckdb_limits,
        )  # fmt: skip


def _bar() -> Progress:
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, transient=True)


def render(report: dict[str, Any]) -> None:
    """Print a run's report for people."""
    out.print(f"run {report['run_id']}")
    for line in _table(report):
        out.print(line, markup=False)
    out.print(f"now is {report['clock']['now'][:10]}: {report['clock']['reason']}", markup=False)
    if not report["changed"]:
        out.print("Nothing has changed: the graph already holds all of it.")
    for name, rows in report["lookups"].items():
        out.print(f"{name}: {rows:,} rows served look-ups")
    for note in report["notes"]:
        out.print(note, markup=False)
    for label, doubled in report["looks_doubled"].items():
        out.print(f"{doubled:,} {label} entities share their name with another: they look doubled")
    _render_open(report)


def _table(report: dict[str, Any]) -> list[str]:
    """The counts in columns as wide as they need; no number or name is ever cut."""
    columns = [*COLUMNS, *(name for name in RARE if report["totals"][name])]
    rows = [["dataset", *(HEADINGS.get(name, name) for name in columns)]]
    for name, counts in [*report["datasets"].items(), ("all", report["totals"])]:
        rows.append([name, *(f"{counts[column]:,}" for column in columns)])
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    ]


def _render_open(report: dict[str, Any]) -> None:
    for item in report["review"]:
        shown = f" ({item['shown']})" if item["shown"] else ""
        line = f"review: {item['dataset']} {item['label']} {item['key']}{shown}: {item['reason']}"
        out.print(line, markup=False)
    for reason in report["reasons"]:
        out.print(_refusal(reason), markup=False)
    if report["quarantine_file"]:
        out.print(f"bad rows with their reasons: {report['quarantine_file']}")


def _refusal(reason: dict[str, Any]) -> str:
    """How many rows of a dataset are refused, and why, with the value of the first of them."""
    example = reason["example"]
    others = f" (and {reason['count'] - 1:,} like it)" if reason["count"] > 1 else ""
    place = f"{example['file']}, row {example['row']}"
    return f"quarantine: {reason['count']:,} × {reason['dataset']}: {example['reason']} [{place}]{others}"
