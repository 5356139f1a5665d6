"""One ingest run: open, stage, type, find ids and ends, compare with the ledger, write, report."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from uuid import uuid4

import orjson
import pyarrow as pa

from graph import migrations
from graph.store import Store
from graph.title import read_title
from ingest import count, quarantine, sql, tables
from ingest.errors import ColumnMissing, RowsRefused
from ingest.load.facts import keep_slots, state_facts, want_facts
from ingest.load.known import read_known
from ingest.load.ledger import check_ledger
from ingest.load.nodes import contribute, stated_properties, want_aliases, want_entities
from ingest.load.parts import keep_holds, want_parts
from ingest.load.records import keep_records, want_records
from ingest.load.want import start_want, todo
from ingest.load.write import write_todo
from ingest.mapping.model import Mapping
from ingest.report import Report
from ingest.sql import Relation, fill, statement
from ingest.staging.database import Staging, open_staging
from ingest.staging.source import Source, open_sources
from ingest.staging.stage import columns_of, keep_raw, stage
from ingest.transform.clean import clean, with_lookup
from ingest.transform.columns import columns_used, missing_columns
from ingest.transform.keys import Rule, identity_rows, rules_of
from ingest.transform.links import Link, has_aliases, identify, links_of
from ingest.transform.repeats import copies, repeats
from ingest.transform.values import typed_rows

Step = Callable[[str], None]
"""Called with what is being done."""


@dataclass
class Run:
    """The state of one run, handed from step to step."""

    connection: Staging
    store: Store
    mapping: Mapping
    root: Path
    home: Path
    run_id: str
    database_id: str
    now: datetime
    step: Step
    progress: Callable[[int, int], None]
    began: float
    sources: dict[str, list[Source]] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def making(self) -> list[str]:
        """Datasets that make something (the others only serve look-ups)."""
        return [name for name, dataset in self.mapping.datasets.items() if dataset.nodes or dataset.links]

    @property
    def labels(self) -> list[str]:
        """Labels of this run whose records may change and have aliases."""
        return sorted({rule.node.label for rule in self.rules if has_aliases(rule.node.label)})


def ingest(
    store: Store, mapping: Mapping, root: Path, home: Path, now: datetime, *, strict: bool = False,
    step: Step = lambda _: None, progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Report:  # fmt: skip
    """Load the files below `root` as the mapping says; state is kept in `home`.

    Raises SourceUnreadable or ColumnMissing before anything is written, and RowsRefused where `strict`
    and a row
    is bad.
    """
    mapping = mapping.completed()
    identity = migrations.check(store).database_id or ""
    run_id = f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"
    connection = open_staging(home)
    scratch = home / "scratch" / run_id
    scratch.mkdir(parents=True)
    try:
        run = Run(
            connection, store, mapping, root, home, run_id, identity, now, step, progress, monotonic(),
            rules=rules_of(mapping), links=links_of(mapping),
        )  # fmt: skip
        check_ledger(connection, store, identity)
        return _run(run, scratch, strict)
    finally:
        connection.connection.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _run(run: Run, scratch: Path, strict: bool) -> Report:
    run.step("reading files")
    _open(run, scratch)
    _stage(run)
    run.step("checking rows")
    _transform(run)
    quarantined = quarantine.quarantined_rows(
        run.connection, tables.REFUSED, tables.BAD, {name: run.columns[name] for name in run.making}
    )
    bad = run.connection.count(quarantined)
    path = quarantine.keep(run.connection, quarantined, run.home, run.run_id) if bad else None
    if strict and path is not None:
        raise RowsRefused(bad, path)
    run.step("comparing with what the graph holds")
    _compare(run)
    report = _report(run, path)
    if report.changed:
        run.step("writing")
        _write(run, report)
    return replace(report, seconds=round(monotonic() - run.began, 3))


def _open(run: Run, scratch: Path) -> None:
    """Open every file and check that it has the mapping's columns, before anything is written."""
    faults: list[str] = []
    for name, dataset in run.mapping.datasets.items():
        run.sources[name] = open_sources(run.root, dataset, scratch)
    for name in run.mapping.datasets:
        for source in run.sources[name]:
            faults += missing_columns(run.mapping, name, source)
    if faults:
        raise ColumnMissing(faults)


def _stage(run: Run) -> None:
    run.connection.empty(tables.REFUSED)
    run.connection.empty(tables.EXPORTED)
    for name, dataset in run.mapping.datasets.items():
        run.columns[name] = columns_of(run.sources[name])
        stage(run.connection, name, run.sources[name], tables.REFUSED)
        declared = dataset.exported_at or run.mapping.exported_at
        at = declared or max(source.modified_at for source in run.sources[name])
        run.connection.execute("INSERT INTO work.exported VALUES (?, ?)", [name, _canonical(at)])


def _canonical(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()


def _transform(run: Run) -> None:
    """Typed values, then keys and ends, until every row is either good or has a reason."""
    connection, mapping = run.connection, run.mapping
    cleaned: dict[str, Relation] = {}
    used = columns_used(mapping)
    for name, dataset in mapping.datasets.items():
        columns = [column for column in run.columns[name] if column in used[name]]
        raw = tables.raw_rows(name, run.columns[name])
        cleaned[name] = clean(connection, raw, name, columns, dataset.null_values or mapping.null_values)
    for name, dataset in mapping.datasets.items():
        for lookup in dataset.lookups:
            cleaned[name] = with_lookup(connection, name, cleaned, lookup)
    bad = connection.empty(tables.BAD)
    for name in run.making:
        values = typed_rows(connection, mapping, name, cleaned[name])
        connection.append(bad, statement("refusal.values", dataset=name, values=values))
    bad = repeats(connection, mapping, run.rules, run.links, bad)
    known = read_known(connection, run.store, mapping, run.rules, run.links)
    rows = identity_rows(connection, mapping, run.rules)
    identified = identify(connection, run.rules, run.links, rows, known, bad)
    copies(connection, run.making, identified.bad)


def _compare(run: Run) -> None:
    """Make `work.todo`: what the graph should hold and does not hold yet."""
    connection = run.connection
    start_want(connection)
    _read_titles(run)
    contribute(connection, run.mapping, run.rules)
    want_entities(connection, run.mapping, run.database_id)
    want_aliases(connection, run.labels)
    want_records(connection, run.labels, run.database_id, run.run_id)
    state_facts(connection, run.mapping, run.links)
    want_facts(connection, run.database_id)
    want_parts(connection, run.mapping, run.links, run.database_id)
    todo(connection, run.database_id)


def _read_titles(run: Run) -> None:
    """Make `work.title`: the seniority of every job title that the rows name."""
    titles: set[str] = set()
    for link in run.links:
        if link.rule.type == "WORKS_AT" and "title" in link.rule.fields:
            query = fill(
                "SELECT DISTINCT {c} FROM work.{t} WHERE {c} IS NOT NULL",
                c=link.column("f_title"), t=sql.name(f"val_{link.dataset}"),
            )  # fmt: skip
            titles |= {str(row[0]) for row in run.connection.execute(query).fetchall()}
    ordered = sorted(titles)
    levels = [read_title(title).seniority for title in ordered]
    run.connection.connection.register(
        "titles",
        pa.table({"title": pa.array(ordered, pa.string()), "seniority": pa.array(levels, pa.string())}),
    )
    run.connection.execute("CREATE OR REPLACE TABLE work.title AS SELECT * FROM titles")
    run.connection.connection.unregister("titles")


def _report(run: Run, path: Path | None) -> Report:
    connection = run.connection
    count.mark_waiting(connection, run.rules)
    datasets = {
        name: count.dataset_report(connection, name, run.sources[name], run.links) for name in run.making
    }
    written = count.written(connection)
    return Report(
        run_id=run.run_id,
        source=run.mapping.source,
        database_id=run.database_id,
        started_at=run.now.isoformat(),
        seconds=round(monotonic() - run.began, 3),
        changed=bool(written),
        datasets=datasets,
        lookups=count.lookup_rows(connection, run.mapping),
        written=written,
        reasons=count.reasons(connection),
        quarantine_file=str(path) if path else None,
        review=[*count.review_items(connection), *count.unclear_ends(connection, run.links)],
        looks_doubled=count.looks_doubled(connection),
        notes=count.notes(connection, run.mapping, datasets),
    )


def _write(run: Run, report: Report) -> None:
    _note_run(run, report, "running")
    clearable = stated_properties(run.rules)
    write_todo(run.connection, run.store, run.run_id, run.database_id, run.now, clearable, run.progress)
    keep_records(run.connection, run.database_id)
    keep_slots(run.connection, run.database_id)
    keep_holds(run.connection, run.database_id)
    for name, columns in run.columns.items():
        keep_raw(run.connection, name, run.mapping.source_of(name), run.run_id, columns)
    _note_run(run, report, "done")


def _note_run(run: Run, report: Report, status: str) -> None:
    told = orjson.dumps(report.as_dict()).decode()
    props = {"kind": "ingest", "started_at": run.now.isoformat(), "status": status, "report": told}
    if status == "done":
        props["finished_at"] = datetime.now(UTC).isoformat()
    run.store.upsert_nodes("Run", [{"id": run.run_id, "props": props}])
