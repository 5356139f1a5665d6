"""The exports against the graph: totals, keys, and what the reports themselves say their rows add up to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from math import fsum, isclose
from typing import Any

import orjson

from graph import sql
from graph.merge import open_merges
from graph.service import run_sync
from graph.sql import fill
from graph.store import Store
from ingest import tables
from ingest.load.compare import Changes, Rows
from ingest.preview import OWN
from ingest.reading.number import decimal_mark
from ingest.report import Report
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.standing import standing

SHOWN = 5
EXACT = 1e-9
"""Relative difference of sums that comes from the order of adding alone."""
CENT = 0.005
NO_SUM = re.compile(r"累计|平均|average|avg|mean|durchschnitt|moyenne|promedio|media", re.IGNORECASE)
"""Rows that are no records, and no sum of those above: averages, and what adds up earlier periods too.

A partial total is never one: its label holds the name of its group, such as `Media Markt 小计`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One comparison: what it is of, what the source says, what the graph (or the rows) say, some places."""

    what: str
    source: float
    found: float
    samples: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """Whether both say the same."""
        return not self.samples and isclose(self.source, self.found, rel_tol=EXACT, abs_tol=CENT)


@dataclass(frozen=True, slots=True)
class Verified:
    """All comparisons of one verification."""

    checks: list[Checked]

    @property
    def equal(self) -> bool:
        """Whether all of them agree."""
        return all(check.equal for check in self.checks)

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"equal": self.equal, "checks": [asdict(one) | {"equal": one.equal} for one in self.checks]}


def verified(
    staging: Staging, store: Store, rows: Rows, changes: Changes, report: Report, columns: dict[str, Any]
) -> Verified:
    """The rows of a load that was not made, against the graph.

    changes: against an empty graph, so that they hold all that the files state. Values are compared as the
    files alone say them: verify with the newest export of every source.
    """
    checks = [
        *_counts(report),
        *_nodes(staging, store, changes),
        *_absent(staging, rows, report.database_id),
        *(
            check
            for name, names in columns.items()
            for check in _totals(staging, name, names, _declared(rows, name))
        ),
    ]
    return Verified(checks)


def _declared(rows: Rows, dataset: str) -> str | None:
    return rows.mapping.datasets[dataset].decimal or rows.mapping.decimal


def _counts(report: Report) -> Iterator[Checked]:
    """Rows that are not in the graph since they are bad, or wait."""
    for name, counts in report.datasets.items():
        good = counts.read - counts.quarantined - counts.review
        yield Checked(f"{name}: rows", counts.read, good)


def _nodes(staging: Staging, store: Store, changes: Changes) -> Iterator[Checked]:
    """Keys and sums of every label."""
    stated: dict[str, dict[str, dict[str, Any]]] = {}
    for label, body in staging.rows(statement("verify.stated", pending=changes.pending, own=list(OWN))):
        row = orjson.loads(body)
        stated.setdefault(label, {})[row["id"]] = row["props"]
    merged = {(one.kind, one.absorbed_id) for one in run_sync(store, open_merges)}
    for label, said in stated.items():
        told = {one: props for one, props in said.items() if (label, one) not in merged}
        found = {
            one: props for one, props in standing(store, label, told).items() if props.get("ended_at") is None
        }
        missing = sorted(told.keys() - found.keys())
        yield Checked(f"{label}: keys", len(told), len(found), missing[:SHOWN])
        yield from _sums(label, told, found)


def _sums(
    label: str, stated: dict[str, dict[str, Any]], found: dict[str, dict[str, Any]]
) -> Iterator[Checked]:
    """The sum of every number that the files state."""
    names = sorted({name for props in stated.values() for name, value in props.items() if _is_number(value)})
    for name in names:
        differing = [
            f"{one}: {props[name]} ≠ {found[one].get(name)}"
            for one, props in stated.items()
            if one in found and _is_number(props.get(name)) and not _same(props[name], found[one].get(name))
        ]
        said = fsum(props[name] for props in stated.values() if _is_number(props.get(name)))
        have = fsum(found[one][name] for one in stated if one in found and _is_number(found[one].get(name)))
        yield Checked(f"{label}.{name}: sum", said, have, differing[:SHOWN])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(stated: float, found: Any) -> bool:
    return _is_number(found) and isclose(stated, found, rel_tol=EXACT, abs_tol=CENT)


def _absent(staging: Staging, rows: Rows, database_id: str) -> Iterator[Checked]:
    """Records of the graph that a complete export lacks."""
    for name, dataset in rows.mapping.datasets.items():
        if dataset.complete:
            query = statement(
                "verify.absent", record=tables.RECORD, contribution=tables.CONTRIBUTION,
                database_id=database_id, source=rows.mapping.source_of(name), dataset=name,
            )  # fmt: skip
            for label, keys in staging.rows(query):
                yield Checked(f"{name}: {label} not in the export", 0, len(keys), keys[:SHOWN])


def _totals(
    staging: Staging, dataset: str, columns: Iterable[str], declared: str | None
) -> Iterator[Checked]:
    """The report's own totals against the rows that they sum up.

    declared: the decimal mark of the mapping. A second 合计 sums up its section, or all rows above it.
    """
    raw = tables.raw_rows(dataset, columns)
    found = statement(
        "verify.totals", dataset=dataset, total=tables.TOTAL_ROW, raw=tables.raw_rows(dataset, ())
    )
    for file, row, label, cells, partial, after in staging.rows(found):
        if not partial and NO_SUM.search(label):
            continue
        said: dict[str, str | None] = orjson.loads(cells)
        above = _above(staging, raw, list(said), file, after if partial else 0, row)
        for place, (column, cell) in enumerate(said.items(), start=1):
            mark = _mark([cell, *(one[place] for one in above)], declared)
            total = plain_number(cell, mark)
            added = [(one[0], plain_number(one[place], mark)) for one in above]
            numbers = [(at, number) for at, number in added if number is not None]
            if total is not None and numbers:
                whole = fsum(number for _, number in numbers)
                section = [number for at, number in numbers if at > after]
                fits = not section or isclose(total, whole, rel_tol=EXACT, abs_tol=CENT)
                yield Checked(
                    f"{file}, row {row}: {label}, {column}", total, whole if fits else fsum(section)
                )


def _above(
    staging: Staging, raw: Any, columns: list[str], file: str, after: int, before: int
) -> list[tuple[Any, ...]]:
    """The rows between two, each with its number: one reading for all columns."""
    query = fill(
        "SELECT __row, {c} FROM {t} WHERE __file = {f} AND __row > {a} AND __row < {b}",
        c=sql.listed(raw.column(column) for column in columns), t=raw.table, f=sql.bind(file),
        a=sql.bind(after), b=sql.bind(before),
    )  # fmt: skip
    return list(staging.rows(query))


def _mark(cells: Iterable[str | None], declared: str | None) -> str:
    """The decimal mark of a column: the declared one, else a comma where only that explains its cells."""
    return declared or decimal_mark(cell.strip() for cell in cells if cell) or "."


def plain_number(text: str | None, mark: str = ".") -> float | None:
    """A number with this decimal mark, as reports of accounting systems write it; None for all else."""
    bare = (text or "").strip().strip("¥￥$€£ ").replace("，", ",")
    bare = bare.replace(".", "").replace(",", ".") if mark == "," else bare.replace(",", "")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    try:
        return float(bare)
    except ValueError:
        return None
