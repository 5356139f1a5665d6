"""What the cells of a column show about how it is written: the order of dates, the decimal mark."""

from collections.abc import Sequence
from dataclasses import replace

from ingest import sql
from ingest.reading.number import shows
from ingest.sql import Relation, Sql, fill
from ingest.staging.database import Staging
from ingest.transform.moment import numeric_order
from ingest.transform.plan import Bound
from ingest.transform.quick import text_in_rows


def as_shown(staging: Staging, rows: Relation, bound: Sequence[Bound]) -> list[Bound]:
    """The values with the order of dates and the decimal mark that their columns show, if none is stated."""
    shown = {item.column: _marks(staging, rows, item) for item in bound if _open_mark(item)}
    everywhere = {mark for marks in shown.values() for mark in marks}
    return [
        _with_mark(_with_order(staging, rows, item), shown.get(item.column), everywhere) for item in bound
    ]


def _open_mark(item: Bound) -> bool:
    stated = item.value.decimal is not None or item.value.thousands is not None
    return item.type in ("number", "integer") and not stated


def _marks(staging: Staging, rows: Relation, item: Bound) -> set[str]:
    """The decimal marks that the cells of a column show."""
    patterns = shows(whole=item.type == "integer")
    found = [
        fill("coalesce(bool_or(regexp_matches(t, {p})), false)", p=sql.bind(pattern))
        for pattern in patterns.values()
    ]
    query = fill(
        "SELECT {f} FROM (SELECT {t} AS t FROM {rows})",
        f=sql.listed(found),
        t=text_in_rows(item),
        rows=rows.table,
    )
    (row,) = staging.rows(query)
    return {mark for mark, is_shown in zip(patterns, row, strict=True) if is_shown}


def _with_mark(item: Bound, own: set[str] | None, everywhere: set[str]) -> Bound:
    """The column's own decimal mark, else that of the dataset's other columns; none where both are shown."""
    marks = own or everywhere
    if own is None or len(marks) != 1:
        return item
    return replace(item, value=item.value.model_copy(update={"decimal": next(iter(marks))}))


def _with_order(staging: Staging, rows: Relation, item: Bound) -> Bound:
    """For dates without a format: ISO, and the order of day and month that the column itself shows."""
    if item.type not in ("date", "datetime") or item.value.format:
        return item
    days, months = numeric_order(Sql("t"))
    query = fill("SELECT {days}, {months} FROM (SELECT {t} AS t FROM {rows})", days=days, months=months,
                 t=text_in_rows(item), rows=rows.table)  # fmt: skip
    orders: dict[tuple[bool, bool], tuple[str, ...]] = {
        (True, False): ("day-first",), (False, True): ("month-first",)
    }  # fmt: skip
    (shown,) = staging.rows(query)
    return replace(item, value=item.value.model_copy(update={"format": ("iso", *orders.get(shown, ()))}))
