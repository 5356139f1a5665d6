"""Numbers whose own values show that they count something else than the field does: the report says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import orjson
import pyarrow as pa

from graph import sql
from graph.derive.ratings import RATINGS
from graph.sql import Relation, Sql, fill
from graph.store import Store
from ingest.mapping.model import Mapping
from ingest.mapping.value import Value
from ingest.reading.duration import HOUR, LONGEST_TALK, MOSTLY, ROUND, SECONDS
from ingest.reading.header_scale import MONEY, factor_of
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.rule import Rule, made_rows
from ingest.transform.text import clean_table
from ingest.transform.values import value_table

FEW = 2
"""So many talks of more than `LONGEST_TALK` minutes are no exception."""
ENOUGH = 20
"""So many ratings reach into the upper half of their scale."""
BESTS, WORSTS = (1.0, 5.0, 7.0, 10.0, 100.0), (0.0, 1.0)
"""The best and the worst ratings of usual scales."""
_SAID = re.compile(
    r"(?:\bof|\bvon|\bsur|\bde|/|[01]\s?[-–])\s?(?:5|7|10|100)(?!\d)|\bnps\b|%|(?:5|10|100)\s?[分点점]"
)
"""What of a header tells a scale: `Rating (1-5)`, `Score / 10`, `NPS`, 满意度(5分)."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Rated:
    """The ratings of one column of a load.

    scale: the best of the smallest usual scale that holds them. stated: the mapping chooses their scale.
    """

    dataset: str
    column: str
    rows: int
    worst: float
    best: float
    scale: float
    stated: bool

    @property
    def seen(self) -> bool:
        """Whether the mapping, the header or the values say the scale."""
        ends = self.best in BESTS and self.worst in WORSTS
        return self.stated or ends or _SAID.search(self.column.casefold()) is not None


def scale_notes(
    staging: Staging, store: Store, mapping: Mapping, rules: list[Rule], links: list[Link], notes: Relation
) -> None:
    """Add to `tables.VALUE_NOTE` durations, amounts and ratings that seem to count something else."""
    found = [
        *_seconds(staging, rules), *_of_headers(staging, mapping), *_returned(staging, links),
        *_of_ratings(list(_ratings(staging, rules)), store),
    ]  # fmt: skip
    names = ("dataset", "field", "note", "text", "rows")
    columns = {name: [row[place] for row in found] for place, name in enumerate(names)}
    types = pa.schema([(name, pa.int64() if name == "rows" else pa.string()) for name in names])
    staging.append_table(notes, pa.Table.from_pydict(columns, schema=types))


def _seconds(staging: Staging, rules: list[Rule]) -> Iterator[tuple[str, str, str, str, int]]:
    """Durations that are read as minutes, by a header or by values of which people say none."""
    for rule, value in _giving(rules, "Interaction", "duration_minutes"):
        if (column := value.column) is None:
            continue
        rows, long, hours, even, most = staging.rows(_talks(rule))[0]
        uneven = even < MOSTLY * rows
        said = not SECONDS.isdisjoint(_WORD.findall(column.casefold()))
        if rows and (said or (uneven and (long >= FEW or 2 * hours > rows > FEW))):
            yield (
                rule.dataset, "Interaction.duration_minutes",
                f"is read as minutes, up to {most:,.6g}; if it counts seconds, declare "
                f'`{{multiply: [{column}, "{1 / 60:.10f}"]}}`',
                column, rows,
            )  # fmt: skip


def _talks(rule: Rule) -> Sql:
    """How many have a duration, of more than a working day, of more than an hour, in fives; the longest."""
    return fill(
        """SELECT count(d), count(*) FILTER (d > {longest}), count(*) FILTER (d > {hour}),
            count(*) FILTER (d % {round} = 0), max(d)
        FROM (SELECT {d} AS d FROM {made})""",
        d=rule.column("f_duration_minutes"), made=made_rows(rule), longest=Sql(str(LONGEST_TALK)),
        hour=Sql(str(HOUR)), round=Sql(str(ROUND)),
    )  # fmt: skip


def _of_headers(staging: Staging, mapping: Mapping) -> Iterator[tuple[str, str, str, str, int]]:
    """Amounts whose header says that they are thousands or cents, and which are read as they stand."""
    for dataset, field, column in _amounts(mapping):
        factor = factor_of(column)
        if factor is not None:
            query = fill("SELECT count({c}) FROM {t}", c=sql.name(column), t=clean_table(dataset))
            note = (
                f"is read as it stands, though its header counts in units of {factor}; declare "
                f'`{{multiply: [{column}, "{factor}"]}}`'
            )
            yield dataset, field, note, column, int(staging.value(query))


def _amounts(mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    """Dataset, field and column of every amount that a column gives."""
    for name, dataset in mapping.datasets.items():
        ruled = [(one.label, one.fields) for one in dataset.nodes]
        for label, fields in [*ruled, *((one.type, one.fields) for one in dataset.links)]:
            for field in sorted(MONEY & fields.keys()):
                if (column := fields[field].column) is not None:
                    yield name, f"{label}.{field}", column


def _returned(staging: Staging, links: list[Link]) -> Iterator[tuple[str, str, str, str, int]]:
    """Lines whose quantity is below zero and whose amount is above."""
    for link in links:
        if link.rule.type == "CONTAINS" and {"quantity", "amount"} <= link.rule.fields.keys():
            query = fill(
                "SELECT count(*) FROM {v} "
                "WHERE __state IS NULL AND {when} AND {quantity} < 0 AND {amount} > 0",
                v=value_table(link.dataset), when=link.column("when"),
                quantity=link.column("f_quantity"), amount=link.column("f_amount"),
            )  # fmt: skip
            if count := int(staging.value(query)):
                note = (
                    "is above zero where the quantity is below: what came back counts as sold; write its sign"
                )
                yield link.dataset, "CONTAINS.amount", note, _name(link.rule.fields["amount"]), count


def _ratings(staging: Staging, rules: list[Rule]) -> Iterator[Rated]:
    for rule, value in _giving(rules, "Ticket", "satisfaction"):
        query = fill(
            "SELECT count(s), min(s), max(s) FROM (SELECT {s} AS s FROM {made})",
            s=rule.column("f_satisfaction"), made=made_rows(rule),
        )  # fmt: skip
        rows, worst, best = staging.rows(query)[0]
        if rows:
            stated = bool(value.multiply or value.map or value.cases)
            yield Rated(rule.dataset, _name(value), rows, worst, best, _scale(best), stated)


def _of_ratings(found: list[Rated], store: Store) -> Iterator[tuple[str, str, str, str, int]]:
    """A word on each column whose scale is not that of others, or of which nothing says the scale."""
    scales = {one.scale for one in found} | (_known(store) if found else set())
    for one in found:
        said = f"is rated from {one.worst:g} to {one.best:g}"
        other = _other(one, scales)
        if other is not None:
            note = (
                f"{said}, others up to {other:g}: means would mix them; bring all to one scale, such as by "
                f'`{{multiply: [{one.column}, "{other / one.scale:g}"]}}`'
            )
            yield one.dataset, "Ticket.satisfaction", note, one.column, one.rows
        elif not one.seen:
            note = (
                f"{said}, and nothing says of how many: it stays as it is; "
                f'`{{multiply: [{one.column}, "1"]}}` says that it may'
            )
            yield one.dataset, "Ticket.satisfaction", note, one.column, one.rows


def _other(one: Rated, scales: set[float]) -> float | None:
    """Another scale than a column's: few low ratings may be of a larger one."""
    smaller = [scale for scale in scales if scale < one.scale]
    larger = [scale for scale in scales if scale > one.scale and one.rows >= ENOUGH]
    return next(iter((*smaller, *larger)), None)


def _known(store: Store) -> set[float]:
    """The scale of the ratings in the graph, as the last derive found them."""
    found = [orjson.loads(row["range"]) for row in store.read("ingest.rated", run_id=RATINGS)]
    return {_scale(one["best"]) for one in found if one.get("best") is not None}


def _scale(best: float) -> float:
    return next((usual for usual in BESTS if best <= usual), best)


def _giving(rules: list[Rule], label: str, field: str) -> Iterator[tuple[Rule, Value]]:
    """The rules that give a field of a label, with how they read it."""
    for rule in rules:
        if rule.node.label == label and field in rule.node.fields:
            yield rule, rule.node.fields[field]


def _name(value: Value) -> str:
    return value.column or next(iter(value.columns or value.multiply or ()), "satisfaction")
