"""The filter grammar as an input: the same conditions as in the YAML of tags and segments."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry

from graph.customer_filter import FIELDS, Condition, FilterRefused, Items, comparisons, items_asked, read
from graph.customer_filter.read import Path, by_path
from graph.customer_list import Sort, SortBy
from graph.item import Kind, attributes_of, declared_kinds, kind_of
from graphql_api.access.grant import Grant
from graphql_api.context import Context
from graphql_api.errors import FieldRefused
from graphql_api.features.record import told

if TYPE_CHECKING:

    class CustomerField(Enum):
        """Fields that a condition can ask about, as `graph.customer_filter.field.FIELDS` has them."""

        NAME = "name"

else:
    CustomerField = strawberry.enum(
        Enum("CustomerField", {name.upper(): name for name in FIELDS}),
        description="What a condition can ask about a customer; docs/segments.md says what each is.",
    )

_NUMERIC = frozenset({"number", "days_since", "days_until"})


@strawberry.input(
    description="A test of an item: of its `name`, of a field of its kind, or of the whole days since or "
    "until one (`days_since.installed_at`). All operators that are given must hold; `flag` is for yes and no."
)
class ItemTest:
    """Compared as in docs/segments.md."""

    field: str
    is_: list[str] | None = strawberry.field(name="is", default=None)
    is_not: list[str] | None = None
    flag: bool | None = None
    contains: str | None = None
    starts_with: str | None = None
    above: float | None = None
    at_least: float | None = None
    below: float | None = None
    at_most: float | None = None
    before: datetime | None = None
    since: datetime | None = None
    known: bool | None = None


@strawberry.input(
    description="How many items of a kind are linked to the customer (`atLeast`, 1 unless said otherwise, "
    "and `atMost`) that answer to every test; `relation` narrows how they are linked."
)
class ItemsCondition:
    """As `items` in docs/segments.md."""

    kind: str
    relation: str | None = None
    where: list[ItemTest] | None = None
    at_least: int | None = None
    at_most: int | None = None


@strawberry.input(
    description="A condition: all that is given must hold. `field` is compared by the operators beside it; "
    "`all`, `any` and `not` join conditions, `items` asks for objects of your own. Amounts need a "
    "`currency`; `attribute` names a custom one."
)
class CustomerCondition:
    """`before` and `since` are for days, `hasAll` for lists; `is` and `isNot` take any of several."""

    all: list["CustomerCondition"] | None = None
    any: list["CustomerCondition"] | None = None
    not_: "CustomerCondition | None" = strawberry.field(name="not", default=None)
    items: ItemsCondition | None = None
    field: CustomerField | None = None
    attribute: str | None = None
    currency: str | None = None
    is_: list[str] | None = strawberry.field(name="is", default=None)
    is_not: list[str] | None = None
    has_all: list[str] | None = None
    contains: str | None = None
    starts_with: str | None = None
    above: float | None = None
    at_least: float | None = None
    below: float | None = None
    at_most: float | None = None
    before: datetime | None = None
    since: datetime | None = None
    known: bool | None = None


@strawberry.enum(description="What customers are sorted by; SILENCE has those first who were silent longest.")
class CustomerSortKey(Enum):
    """Values of `graph.customer_list.SortBy`."""

    NAME = "name"
    SILENCE = "silence"
    LAST_ORDER = "last_order"
    VALUE = "value"
    EMPLOYEES = "employees"
    RISK = "risk"
    ORDERS = "orders"


@strawberry.input(description="A key to sort customers by. VALUE, the orders of a year, needs a `currency`.")
class CustomerSort:
    """At most four keys, each once; equal customers stand by their ids."""

    by: CustomerSortKey
    descending: bool = False
    currency: str | None = None

    def sort(self) -> Sort:
        """As the domain has it; raises UsageError."""
        by: SortBy = self.by.value
        return Sort(by, self.descending, self.currency)


_PARTS = frozenset({"contains", "starts_with"})
"""Operators that ask for a part of a text."""
_OPERATORS = (
    "is_not", "has_all", "contains", "starts_with", "above", "at_least", "below", "at_most", "before",
    "since", "known",
)  # fmt: skip


async def condition_of(context: Context, given: CustomerCondition) -> Condition:
    """The condition. Raises FilterRefused, whose sentences name the place below `matching`, and FieldRefused.

    A field of items that the role is not told is not asked about either: answers would tell it.
    """
    condition = read(_written(given), _place)
    asked = list(items_asked(condition))
    kinds = await declared_kinds(context.store) if asked else {}
    for one in asked:
        _check(one, kind_of(kinds, one.kind), context.grant)
    await _check_attributes(context, condition)
    return condition


async def _check_attributes(context: Context, condition: Condition) -> None:
    """Raises FieldRefused for a custom attribute that the role is not told."""
    asked = [test.of for test in comparisons(condition) if test.field == "attribute" and test.of]
    declared = await attributes_of(context.store, "Customer") if asked else {}
    for name in asked:
        if not told(declared.get(name), context.grant):
            raise FieldRefused(context.grant.role, f"the attribute `{name[:60]}`")


def _check(asked: Items, kind: Kind, grant: Grant) -> None:
    """Raises FieldRefused for a field that is not told, FilterRefused for parts of a list."""
    for test in asked.where:
        if test.of is None:
            continue
        if not told(kind.field(test.of), grant):
            raise FieldRefused(grant.role, f"`{test.of[:60]}` of items of kind {kind.kind[:60]}")
        if kind.field(test.of).type == "list" and test.operator in _PARTS:
            says = f"`{test.of}` is a list, so it takes no `{test.operator}`: ask whether it is `known`"
            raise FilterRefused([f"{_place(('items', 'where', test.of))}: {says}"])


def _written(given: CustomerCondition) -> dict[str, Any]:
    """As `read` takes it."""
    written: dict[str, Any] = {}
    for name, parts in (("all", given.all), ("any", given.any)):
        if parts is not None:
            written[name] = [_written(part) for part in parts]
    if given.not_ is not None:
        written["not"] = _written(given.not_)
    if given.items is not None:
        written["items"] = _items(given.items)
    if given.field is not None or given.attribute is not None:
        name = f"attribute.{given.attribute}" if given.attribute else str(given.field and given.field.value)
        written[name] = dict(_compared(given, FIELDS.get(name)))
    return written


def _items(given: ItemsCondition) -> dict[str, Any]:
    where: dict[str, dict[str, Any]] = {}
    for test in given.where or ():
        where.setdefault(test.field, {}).update(_tested(test))
    count = {name: getattr(given, name) for name in ("at_least", "at_most")}
    counted = {name: value for name, value in count.items() if value is not None}
    written: dict[str, Any] = {"kind": given.kind, "where": where}
    written |= {"relation": given.relation} if given.relation is not None else {}
    return written | ({"count": counted} if counted else {})


def _tested(test: ItemTest) -> Iterator[tuple[str, Any]]:
    if test.flag is not None:
        yield "is", test.flag
    for name, attribute in (("is", "is_"), *((one, one) for one in _OPERATORS if one != "has_all")):
        operand = getattr(test, attribute)
        if operand is not None:
            yield name, operand


def _compared(given: CustomerCondition, field: Any) -> Iterator[tuple[str, Any]]:
    operands = [("is", given.is_), *((name, getattr(given, name)) for name in _OPERATORS)]
    for name, operand in operands:
        if operand is None:
            continue
        numeric = field is not None and field.kind in _NUMERIC and isinstance(operand, list)
        yield name, [_number(one) for one in operand] if numeric else operand
    if given.currency is not None:
        yield "currency", given.currency


def _number(text: str) -> float | str:
    """The number that a text is; another text stays, and is refused with its place."""
    try:
        return float(text)
    except ValueError:
        return text


def _place(path: Path) -> str:
    place = by_path(path)
    return "matching" if not path else f"matching{'' if place.startswith('[') else '.'}{place}"
