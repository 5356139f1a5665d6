"""The items of customers, in pages by name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.clock import reading_moment
from graph.item.kind import FieldOf, Kind, Value, declared_kinds, kind_of, typed
from graph.keyset import BadCursor, cursor, key_after, page_size
from graph.model import Item as Model
from graph.record_version import own_values_as_of
from graph.service import GraphStore, Row

_ORDER = "item"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a customer; `relations` say how it is linked to it."""

    item_id: str
    kind: Kind
    name: str | None
    created_at: datetime | None
    values: tuple[tuple[FieldOf, Value], ...]
    """The fields of its kind that are filled, in the order in which they are declared."""
    relations: tuple[str, ...]
    sorted_by: str
    """Its name today, by which pages are sorted as of every day."""

    @property
    def cursor(self) -> str:
        """What a page goes on behind."""
        return cursor(_ORDER, self.sorted_by, self.item_id)


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Items by name and id, and whether more follow."""

    items: tuple[Item, ...]
    more: bool


async def items_of_each(
    store: GraphStore, customer_ids: Sequence[str], *, now: datetime, as_of: datetime | None = None,
    viewer: str | None = None, kind: str = "", first: int = 20, after: str | None = None,
) -> Mapping[str, ItemPage]:  # fmt: skip
    """Of each customer a page of its items, of one kind or (empty) of all.

    Raises UsageError (not 1 to 1000 items), BadCursor, AsOfAfterNow.
    """
    limit, moment = page_size(first, "items"), reading_moment(as_of, now)
    whom = {"as_of": moment.isoformat(), "viewer": viewer or ""}
    rows = await store.read(
        "item.of_each", customer_ids=list(customer_ids), kind=kind, **_after(after), limit=limit + 1, **whom
    )
    found: dict[str, list[Row]] = {row["customer_id"]: row["items"] for row in rows}
    today = {item["item_id"]: item.get("name") or "" for items in found.values() for item in items}
    if as_of is not None and as_of < now:
        found = await _then(store, found, moment)
    kinds = await declared_kinds(store)
    ids = list(today)
    links = await store.read("item.relations", customer_ids=list(found), item_ids=ids, **whom) if ids else []
    relations = defaultdict[tuple[str, str], list[str]](list)
    for row in links:
        relations[row["customer_id"], row["item_id"]].append(row["relation"])
    return {
        customer: ItemPage(
            tuple(
                _item(one, kinds, relations[customer, one["item_id"]], today[one["item_id"]])
                for one in items[:limit]
            ),
            len(items) > limit,
        )
        for customer, items in found.items()
    }


def _after(given: str | None) -> dict[str, str]:
    """Behind the item of a cursor; raises BadCursor."""
    if given is None:
        return {"after_name": "", "after_id": ""}
    match key_after(given, _ORDER):
        case [str(name), str(item_id)]:
            return {"after_name": name, "after_id": item_id}
    raise BadCursor


async def _then(store: GraphStore, found: Mapping[str, list[Row]], moment: datetime) -> dict[str, list[Row]]:
    """The items with their own values as they stood then."""
    ids = {item["item_id"] for items in found.values() for item in items}
    own = await own_values_as_of(store, Model, ids, moment)
    return {
        customer: [own.of(dict.fromkeys(own.attributes(item["item_id"])) | item) for item in items]
        for customer, items in found.items()
    }


def _item(props: Row, kinds: Mapping[str, Kind], relations: Sequence[str], sorted_by: str) -> Item:
    kind = kind_of(kinds, props["kind"])
    values = [(field, props.get(f"x_{name}")) for name, field in kind.fields.items()]
    return Item(
        props["item_id"], kind, props.get("name"), props.get("created_at"),
        tuple((field, typed(value, field)) for field, value in values if value is not None),
        tuple(relations), sorted_by,
    )  # fmt: skip
