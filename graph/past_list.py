"""Lists as of a past day: what narrows and sorts them, and their lines as they stood then.

What has days of its own (events, facts, scores, tags) narrows a list of any day. The own values of a record
are in the graph as they are today, and its indexes know no others: a list of a past day shows them as they
stood then, and is neither narrowed nor sorted by them. What stands by names or by days of closing keeps the
places of today.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from graph.customer_filter import FIELDS, Condition, comparisons, items_asked
from graph.errors import UsageError
from graph.model import Customer
from graph.model.base import Node
from graph.portfolio import Portfolio
from graph.record_version import names_as_of, own_values_as_of
from graph.service import GraphStore, Row


class OnlyToday(UsageError):
    """A list of a past day was to be narrowed or sorted by what is known as of today alone."""

    def __init__(self, asked: Collection[str], dated: Iterable[str]) -> None:
        super().__init__(
            f"a list of a past day is neither narrowed nor sorted by {_words(asked)}, for the graph has "
            f"those values as of today: it is by {_words(dated)}; leave asOf out for today's list"
        )


def _words(names: Iterable[str]) -> str:
    return ", ".join(sorted(name.replace("_", " ") for name in set(names)))


def check_dated(asked: Collection[str], dated: Iterable[str]) -> None:
    """Raise OnlyToday where anything is asked for that is not among what has days of its own."""
    if later := set(asked) - set(dated):
        raise OnlyToday(later, dated)


def narrowed_by(where: Any) -> list[str]:
    """The fields of a filter (a dataclass) that narrow, but for `of`, its accounts."""
    names = [name for name in where.__dataclass_fields__ if name != "of"]
    return [name for name in names if getattr(where, name) not in (None, ())]


def accounts_by(of: Portfolio) -> list[str]:
    """What says which accounts a list is of."""
    owned = {"account": of.customer_id, "owner": of.employee_id, "team": of.team}
    named = [name for name, value in owned.items() if value is not None]
    return named + (condition_by(of.matching) if of.matching is not None else [])


def condition_by(condition: Condition) -> list[str]:
    """The fields that a condition reads."""
    items = ["items"] if any(True for _ in items_asked(condition)) else []
    return items + [test.field for test in comparisons(condition)]


DATED_ACCOUNTS = frozenset({"account", *(name for name, field in FIELDS.items() if field.dated)})
"""What says of any day which accounts a list is of. Teams are those of today."""


async def own_then(
    store: GraphStore, kind: type[Node], rows: Iterable[Row], moment: datetime, ends: Collection[str] = ()
) -> list[Row]:
    """Rows of own values, each with its key, as they stood then.

    ends: the fields that say when something ended; an end that lay ahead was not known.
    """
    today = list(rows)
    own = await own_values_as_of(store, kind, (row[kind.key] for row in today), moment)
    return [_without_later(own.of(row), ends, moment) for row in today]


def _without_later(row: Row, ends: Collection[str], moment: datetime) -> Row:
    later = [name for name in ends if row[name] is not None and row[name] > moment]
    return {**row, **dict.fromkeys(later)}


async def firms_then(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """Rows of `customer_id` and `customer_name` with the names of then."""
    names = await names_as_of(
        store, Customer, {row["customer_id"]: row["customer_name"] for row in rows}, moment
    )
    return [{**row, "customer_name": names[row["customer_id"]]} for row in rows]


async def nested_then(
    rows: Sequence[Row], column: str, then: Callable[[list[Row]], Awaitable[list[Row]]]
) -> list[Row]:
    """Rows whose column lists other rows, with what `then` makes of all of those together, in their order."""
    found = iter(await then([one for row in rows for one in row[column]]))
    return [{**row, column: [next(found) for _ in row[column]]} for row in rows]
