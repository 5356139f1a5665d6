"""The exports against the graph: totals, keys, and what the reports themselves say their rows add up to."""

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
from ingest.report import Report
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.standing import standing

SHOWN = 5
EXACT = 1e-9
"""Relative difference of sums that comes from the order of adding alone."""
CENT = 0.005


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
        *(check for name, names in columns.items() for check in _totals(staging, name, names)),
    ]
    return Verified(checks)


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


def _totals(staging: Staging, dataset: str, columns: Iterable[str]) -> Iterator[Checked]:
    """The report's own totals against the rows that they sum up."""
    raw = tables.raw_rows(dataset, columns)
    for file, row, label, cells, after in staging.rows(
        statement("verify.totals", dataset=dataset, total=tables.TOTAL_ROW, raw=tables.raw_rows(dataset, ()))
    ):
        for column, cell in orjson.loads(cells).items():
            said = plain_number(cell)
            if said is not None:
                values = _column(staging, raw, column, file, after, row)
                numbers = [plain_number(value) for value in values]
                if any(number is not None for number in numbers):
                    added = fsum(number for number in numbers if number is not None)
                    yield Checked(f"{file}, row {row}: {label}, {column}", said, added)


def _column(staging: Staging, raw: Any, column: str, file: str, after: int, before: int) -> list[str | None]:
    query = fill(
        "SELECT {c} FROM {t} WHERE __file = {f} AND __row > {a} AND __row < {b}",
        c=raw.column(column), t=raw.table, f=sql.bind(file), a=sql.bind(after), b=sql.bind(before),
    )  # fmt: skip
    return [value for (value,) in staging.rows(query)]


def plain_number(text: str | None) -> float | None:
    """A number with a decimal point, as reports of accounting systems write it; None for all else."""
    bare = (text or "").strip().strip("¥￥$€£ ").replace(",", "").replace("，", "")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    try:
        return float(bare)
    except ValueError:
        return None
