"""Records that a column says are deleted, and orders, quotes, invoices and payments that are cancelled."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ingest.proposal.assign import Decided
from ingest.proposal.columns.profile import Column
from ingest.proposal.columns.values import words_of
from ingest.proposal.proposed import Proposed
from ingest.proposal.words.words import folded, squeezed

CANCELLABLE = ("Order", "Quote", "Invoice", "Payment")
MOST = 0.5
"""Of the rows; where more bear a day, it is likelier one by which something would be cancelled."""
MOST_STATUSES = 12
"""Different words of a column that says how far a meeting is: planned, held, cancelled."""
CANCELLATION_DOCUMENT = "c"
"""Beside yes and no in SAP Business One: the document that cancels another."""

Condition = dict[str, Any]


def cancelled(one: Proposed) -> Condition | None:
    """Which rows say that their record is cancelled or deleted: by the column that says it of most."""
    return max(_conditions(one), key=lambda condition: _share(one, condition), default=None)


def _conditions(one: Proposed) -> Iterator[Condition]:
    cancellable = one.record.label in CANCELLABLE
    for decided in one.columns:
        column = decided.column
        asked = _deleted(column.said) or (cancellable and _asked(column.said))
        if asked and (condition := _answered(column)) is not None:
            yield condition
        elif _tells_status(one.record.label, decided) and any(map(_says, column.sample)):
            yield {"column": column.name, "in": [value for value in column.sample if _says(value)]}


def _tells_status(label: str, decided: Decided) -> bool:
    """Whether a column says how far a record is; of meetings, which have no such field, by its own words."""
    if label == "Interaction":
        few = decided.column.distinct <= MOST_STATUSES
        return (
            few
            and decided.meaning.text == f"{label} attribute"
            and any(map(_is_whole, decided.column.sample))
        )
    return label in CANCELLABLE and decided.meaning.text == f"{label} status"


def _is_whole(value: str) -> bool:
    return squeezed(value) in _whole()


def _deleted(header: str) -> bool:
    """Whether a header asks if, or when, the source deleted the record: `IsDeleted`, 是否删除."""
    return squeezed(header) in set(map(squeezed, words_of("deleted")))


def _asked(header: str) -> bool:
    """Whether a header asks if, or when, something was cancelled: `IsCancelled`, `Storniert am`, 是否作废."""
    return _header().fullmatch(squeezed(header)) is not None


@cache
def _header() -> re.Pattern[str]:
    words = sorted(map(squeezed, words_of("cancelled") | words_of("cancellation")), key=len, reverse=True)
    return re.compile(
        "(order|invoice|is|was|date|datede|dated|fecha|fechade|data|订单|单据|是否|已)*"
        f"({'|'.join(words)})(flag|at|on|date|time|datum|am|le|日期|时间|日|标志|标识|状态)*"
    )


def _answered(column: Column) -> Condition | None:
    """The cells that say yes: a day, or whatever is not a word for no."""
    if column.empty:
        return None
    if column.share("date") >= 0.9 or column.share("epoch") >= 0.8:
        return {"column": column.name, "filled": True} if column.share_filled <= MOST else None
    no = [value for value in column.sample if value.casefold() in words_of("false")]
    yes = [value for value in column.sample if value not in no]
    if not all(_says(value) or _is_yes(value) for value in yes):
        return None
    return {"column": column.name, "filled": True, "not_in": no} if no else {"column": column.name, "in": yes}


def _is_yes(value: str) -> bool:
    return value.casefold() in words_of("true") or value.casefold() == CANCELLATION_DOCUMENT


def _says(value: str) -> bool:
    """Whether a cell is a word for cancelled, or begins with one: `Cancelled by customer`."""
    first = re.split(r"[^\w]+", folded(value).strip())[0]
    return _is_whole(value) or first in _beginning()


@cache
def _whole() -> frozenset[str]:
    return frozenset(map(squeezed, words_of("cancelled") | words_of("cancellation")))


@cache
def _beginning() -> frozenset[str]:
    return frozenset(map(folded, words_of("cancelled")))


def _share(one: Proposed, condition: Condition) -> float:
    """The share of a table's rows for which the condition holds."""
    cells = one.profile.data.column(condition["column"])
    said = pc.is_valid(cells)
    if "in" in condition:
        said = pc.is_in(cells, value_set=pa.array(condition["in"], pa.string()))
    elif "not_in" in condition:
        no = pc.is_in(cells, value_set=pa.array(condition["not_in"], pa.string()))
        said = pc.and_(said, pc.invert(no))
    return float(pc.mean(said).as_py() or 0.0)
