"""`relgraph ingest`: files through a mapping into the graph."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from graph.errors import UsageError
from relgraph.commands.ingest_init import propose_mapping
from relgraph.commands.ingest_preview import look, render_preview
from relgraph.commands.ingest_templates import list_templates, print_schema, template_for
from relgraph.console import Json, emit, err, out, step
from relgraph.moment import Now, iso

if TYPE_CHECKING:
    from ingest.mapping.model import Mapping
    from ingest.report import Report

COLUMNS = ("read", "loaded", "unchanged", "quarantined")
RARE = ("filtered", "review", "duplicates")
"""Columns that are shown where some row has them."""
INIT = "init"
"""The word before files of which a mapping is proposed."""
INDEXING_S = 3600.0
"""Longest time for a query on a graph that was just imported: all its nodes are indexed at once."""
HEADINGS = {"quarantined": "bad", "duplicates": "copies"}
"""Short, so that a report fits into 80 columns."""


def register(app: typer.Typer) -> None:

    @app.command()
    def ingest(  # noqa: PLR0913, PLR0917 - each is an option
        paths: Annotated[
            list[Path] | None,
            typer.Argument(
                metavar="PATH | init PATH… | templates | schema",
                help="Folder (or file) with the exports; `init` before it proposes a mapping instead.",
            ),
        ] = None,
        mapping: Annotated[
            Path | None,
            typer.Option("--mapping", "-m", metavar="FILE", help="The mapping (YAML); see docs/ingest.md."),
        ] = None,
        template: Annotated[
            str | None,
            typer.Option(
                "--template",
                metavar="NAME",
                help="A mapping of a well-known system; `ingest templates` lists them.",
            ),
        ] = None,
        strict: Annotated[bool, typer.Option("--strict", help="Load nothing when a row is bad.")] = False,
        accept_removals: Annotated[
            bool,
            typer.Option("--accept-removals", help="Let a complete export end more than 5% of a dataset."),
        ] = False,
        source: Annotated[
            str | None, typer.Option(metavar="NAME", help="Overrides the mapping's source name.")
        ] = None,
        exported_at: Annotated[
            str | None,
            typer.Option(metavar="DATE", help="When the exports were made; overrides the mapping's."),
        ] = None,
        bulk: Annotated[
            bool, typer.Option("--bulk", help="First load of an empty Neo4j, by its own import tool.")
        ] = False,
        bulk_finish: Annotated[
            bool, typer.Option("--bulk-finish", help="Check the graph that a bulk load has imported.")
        ] = False,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say what a load would change; write nothing.")
        ] = False,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Load exports as a mapping says.

        Bad rows wait in quarantine; no row is dropped silently.

        `relgraph ingest init FILES|FOLDER` loads nothing: it prints a mapping that it proposes (`--json`: the
        meaning of every column); `ingest templates` lists mappings that come with relgraph, `ingest schema`
        prints the JSON Schema of mappings. With --mapping or --template these words are folders.
        """
        if bulk_finish:
            emit(finish(), as_json=as_json, render=render)
            return
        if paths and mapping is None and template is None and _said(paths, as_json=as_json):
            return
        path = only_path(paths or [])
        if path is None or (mapping is None) == (template is None):
            raise UsageError(
                "ingest needs a folder (or file) and --mapping FILE or --template NAME; `ingest init FOLDER` "
                "proposes a mapping, `ingest templates` lists those that come with relgraph"
            )
        declared = declared_mapping(mapping, template, path, source, exported_at)
        if dry_run:
            would = look(path, declared, now=now).as_dict()
            emit(would, as_json=as_json, render=render_preview)
            return
        report = load(
            path, declared, strict=strict, accept_removals=accept_removals, now=now, bulk=bulk
        ).as_dict()
        emit(imported(report) if bulk else report, as_json=as_json, render=render)


def _said(paths: list[Path], *, as_json: bool) -> bool:
    """Whether the first word asks for something else than a load, which is then done."""
    if str(paths[0]) == INIT:
        propose_mapping(paths[1:], as_json=as_json)
    elif [str(path) for path in paths] == ["templates"]:
        list_templates(as_json=as_json)
    elif [str(path) for path in paths] == ["schema"]:
        print_schema()
    else:
        return False
    return True


def only_path(paths: list[Path]) -> Path | None:
    """The one path to load; None where none is given. Raises UsageError: several are."""
    if len(paths) > 1:
        raise UsageError(
            "ingest loads one folder (or file) at a time; several only behind `init`, without --mapping"
        )
    return paths[0] if paths else None


def load(
    path: Path,
    declared: "Mapping",
    *,
    strict: bool = False,
    accept_removals: bool = False,
    now: str | None = None,
    bulk: bool = False,
) -> "Report":
    """Run one ingest on the configured engine, with progress on standard error."""
    from datetime import UTC, datetime

    from ingest.options import Listener, LoadOptions
    from ingest.run import ingest
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    settings = Settings().at(now)
    with opened(settings) as store, _bar() as bar:
        task = bar.add_task("items", total=None)
        options = LoadOptions(strict, accept_removals, bulk, settings.now, duckdb_limits(settings))
        listener = Listener(step, lambda done, total: bar.update(task, completed=done, total=total))
        return ingest(store, declared, path, settings.home, datetime.now(UTC), options, listener)


def declared_mapping(
    mapping: Path | None, template: str | None, path: Path, source: str | None, exported_at: str | None
) -> "Mapping":
    """The mapping of a file, or a template that fits the export; the command line overrides it."""
    from ingest.mapping.read import read_mapping
    from relgraph.settings import Settings

    read = read_mapping(mapping) if mapping else template_for(template or "", path, Settings().home)
    declared = read.exported_on(exported_at and iso(exported_at, "--exported-at"))
    return declared if source is None else declared.model_copy(update={"source": source})


def imported(report: dict[str, Any]) -> dict[str, Any]:
    """Import the files of a bulk load by RELGRAPH_NEO4J_ADMIN; without it, note the command in the report."""
    from ingest.bulk.load import import_files, prepared, shown_command
    from relgraph.settings import Settings

    settings = Settings()
    made = prepared(settings.home, report["database_id"])
    if settings.neo4j_admin:
        step("importing")
        import_files(settings.neo4j_admin, made)
        return finish()
    said = (
        f"the graph is unchanged until the files are imported: stop the server, run\n{shown_command(made)}\n"
        "start it again, then run `relgraph ingest --bulk-finish` (RELGRAPH_NEO4J_ADMIN does all of it)"
    )
    return {**report, "notes": [*report["notes"], said]}


def finish() -> dict[str, Any]:
    """Check an imported graph and note its load; the report of the load."""
    from datetime import UTC, datetime

    from ingest.bulk.load import finish as finish_bulk
    from relgraph.engine import opened
    from relgraph.settings import Settings

    step("checking what was imported")
    settings = Settings()
    patient = settings.model_copy(update={"query_timeout_s": max(settings.query_timeout_s, INDEXING_S)})
    with opened(patient) as store:  # gives the graph its schema
        return finish_bulk(store, settings.home, datetime.now(UTC)).report


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
        out.print(f"{doubled:,} {label} entities share their name with another and may be the same")
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
