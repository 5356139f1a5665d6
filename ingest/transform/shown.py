"""What the cells of a column show about how it is written: the order of dates, the decimal mark.

What is taken from the cells is a guess, however good: the report names it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest.reading.number import shows
from ingest.staging.database import Staging
from ingest.transform.moment import all_dotted, numeric_order, year_last
from ingest.transform.plan import Bound
from ingest.transform.quick import text_in_rows


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with what its column shows, and what was guessed from how many cells; "" where nothing was."""

    bound: Bound
    guess: str = ""
    cells: int = 0

    @property
    def note(self) -> str:
        """What the report says; more cells make surer."""
        return f"guessed {self.guess.format(sure=f'{self.cells / (self.cells + 1):.0%}')}"


def as_shown(staging: Staging, rows: Relation, bound: Sequence[Bound]) -> Iterator[Shown]:
    """The values with the order of dates and the decimal mark that their columns show, if none is stated."""
    marks = {item.column: _marks(staging, rows, item) for item in bound if _open_mark(item)}
    everywhere: dict[str, int] = {}
    for counts in marks.values():
        everywhere = {mark: everywhere.get(mark, 0) + count for mark, count in counts.items()} | {
            mark: count for mark, count in everywhere.items() if mark not in counts
        }
    for item in bound:
        if item.column in marks:
            yield _with_mark(item, marks[item.column] or everywhere)
        else:
            yield _with_order(staging, rows, item)


def guess_notes(name: str, shown: Sequence[Shown]) -> Sql | None:
    """Rows of `tables.VALUE_NOTE` for what was guessed; None where nothing was."""
    lines = [
        fill(
            "SELECT {d} AS dataset, {f} AS field, {note} AS note, '' AS text, {n} AS rows",
            d=sql.bind(name), f=sql.bind(item.bound.described), note=sql.bind(item.note),
            n=sql.bind(item.cells),
        )
        for item in shown if item.guess
    ]  # fmt: skip
    return sql.listed(lines, " UNION ALL ") if lines else None


def _open_mark(item: Bound) -> bool:
    stated = item.value.decimal is not None or item.value.thousands is not None
    return item.type in ("number", "integer") and not stated


def _marks(staging: Staging, rows: Relation, item: Bound) -> dict[str, int]:
    """The decimal marks that cells of a column show, with how many do."""
    patterns = shows(whole=item.type == "integer")
    found = [
        fill("count(*) FILTER (regexp_matches(t, {p}))", p=sql.bind(pattern)) for pattern in patterns.values()
    ]
    query = fill(
        "SELECT {f} FROM (SELECT {t} AS t FROM {rows})",
        f=sql.listed(found),
        t=text_in_rows(item),
        rows=rows.table,
    )
    (row,) = staging.rows(query)
    return {mark: count for mark, count in zip(patterns, row, strict=True) if count}


def _with_mark(item: Bound, marks: Mapping[str, int]) -> Shown:
    """The one decimal mark that cells show; none where both are shown. The usual point is no guess."""
    if len(marks) != 1:
        return Shown(item)
    ((mark, count),) = marks.items()
    read = replace(item, value=item.value.model_copy(update={"decimal": mark}))
    return (
        Shown(read) if mark == "." else Shown(read, f"decimal `{mark}`, {{sure}}; declare `decimal:`", count)
    )


def _with_order(staging: Staging, rows: Relation, item: Bound) -> Shown:
    """For dates without a format: ISO, and the order of day, month and year that the column itself shows."""
    if item.type not in ("date", "datetime"):
        return Shown(item)
    if item.value.format:
        return Shown(replace(item, year_last=True))  # a declared order says where the year stands
    days, months = numeric_order(Sql("t"))
    query = fill(
        "SELECT {days}, {months}, {dotted}, {last} FROM (SELECT {t} AS t FROM {rows})",
        days=days, months=months, dotted=all_dotted(Sql("t")), last=year_last(Sql("t")),
        t=text_in_rows(item), rows=rows.table,
    )  # fmt: skip
    ((day_first, month_first, dotted, last),) = staging.rows(query)
    item = replace(item, year_last=bool(last))
    if not month_first:
        day_first = day_first or dotted
    order = "day-first" if day_first else "month-first"
    if bool(day_first) == bool(month_first):
        return Shown(replace(item, value=item.value.model_copy(update={"format": ("iso",)})))
    read = replace(item, value=item.value.model_copy(update={"format": ("iso", order)}))
    return Shown(read, f"date order {order}, {{sure}}; declare `dates:`", day_first or month_first)
