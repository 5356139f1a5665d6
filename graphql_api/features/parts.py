"""Parts of a customer's profile: read with it where the document selects them, else by themselves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import strawberry
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionNode,
)
from strawberry.types.field import StrawberryField

from graph.offers.stand_in import stand_ins
from graph.profile.parts import DETAILS, Detail, PartName, Parts
from graph.profile.read import ProfileRequest, profiles
from graph.score_view.model import Suggestion
from graphql_api.context import Context, Info, moment
from graphql_api.execution.measure import PAGE, argument, costs, page_size
from graphql_api.execution.shape import READY, Unsure
from graphql_api.execution.taken import Taken

PARTS: Mapping[str, PartName] = {
    "health": "health", "contacts": "contacts", "owners": "owners", "related": "related",
    "tickets": "tickets", "orders": "orders", "opportunities": "deals", "tags": "tags", "origins": "origins",
    "churnRisk": "risk", "recommendations": "suggestions", "suppressedBy": "suppressions",
    "segments": "segments", "profile": "figures",
}  # fmt: skip
"""Fields of the type Customer that are parts of its profile; every other field resolves by itself."""
_COMPANY = frozenset({"__typename", "customerId", "name", "industry", "region", "city", "country"})
_PERSON = frozenset({"__typename", "contact", "contactId", "name", "title"})
"""What is read of the company and of its contacts without details."""


class WithParts(Protocol):
    """A customer with the parts that were read with it."""

    @property
    def customer_id(self) -> str:
        """Its id."""

    @property
    def as_of(self) -> datetime | None:
        """The moment that it was asked for."""

    @property
    def parts(self) -> Parts:
        """What was read of it."""


async def with_part(context: Context, customer: WithParts, part: PartName, first: int = 0) -> Parts:
    """Parts that surely hold this one: those read with the customer, else it alone is read now."""
    if part in customer.parts:
        return customer.parts
    return await part_of(context, customer.customer_id, part, customer.as_of, first)


def read_part(customer: WithParts, part: PartName) -> Any:
    """The value of a part that was read with the customer; raises Unsure where it was not."""
    if part not in customer.parts:
        raise Unsure(part)
    return customer.parts[part]


def part_field(
    part: PartName, kind: Any, make: Callable[[Any], Any], description: str, weight: int = 4
) -> StrawberryField:
    """A field of the type Customer that is one part of its profile; `make` gives the `kind` of the schema."""

    async def read(self: Any, info: Info) -> Any:
        return make((await with_part(info.context, self, part))[part])

    return _part_field(read, kind, description, weight, lambda customer: make(read_part(customer, part)))


def listed_part_field(
    part: PartName,
    kind: Any,
    make: Callable[[Any], Any],
    description: str,
    weight: int = 4,
    *,
    size: int = 20,
) -> StrawberryField:
    """The same of a part that is a list, of which `first` are shown; `make` gives the `kind` of an item."""

    async def read(self: Any, info: Info, first: int = size) -> Any:
        return shown((await with_part(info.context, self, part, first))[part], first)

    def shown(found: Any, first: int) -> list[Any]:
        return [make(one) for one in found[:first]]

    def ready(customer: WithParts, first: int) -> list[Any]:
        found = read_part(customer, part)[:first]
        return list(found) if issubclass(kind, Taken) else [make(one) for one in found]

    return _part_field(read, list[kind], description, weight, ready)


def _part_field(
    read: Callable[..., Any], kind: Any, description: str, weight: int, ready: Callable[..., Any]
) -> StrawberryField:
    read.__annotations__["return"] = kind | None
    return strawberry.field(read, description=description, metadata={**costs(weight), READY: ready})


async def part_of(
    context: Context, customer: str, part: PartName, as_of: datetime | None, first: int = 0
) -> Parts:
    """One part of the customer that an id of any kind names, asked together with those of the others.

    Raises NotFound.
    """
    request = await _request(context, as_of, {part: first})

    async def read(id_: str) -> Parts | None:
        found = await context.loaders.load(profiles, id_, request=request)
        return found.parts if found else None

    return await context.first_by("Customer", customer, read)


async def stand_ins_of(
    context: Context, customer_id: str, as_of: datetime | None, first: int
) -> tuple[Suggestion, ...]:
    """What stands in for recommendations where no model made any, asked together for all customers."""
    request = await _request(context, as_of, {"suggestions": first})
    return await context.loaders.load(stand_ins, customer_id, request=request) or ()


async def wanted(info: Info, as_of: datetime | None, *path: str) -> ProfileRequest:
    """The parts selected of the customers that lie at `path` beneath the field being resolved.

    A field with a moment of its own (`asOf`) is left to its resolver.
    """
    sizes: dict[PartName, int] = {"company": 0}
    details: set[Detail] = set()
    core = info._raw_info
    for node in _at(core, core.field_nodes, path):
        details |= _details(core, node)
        part = PARTS.get(node.name.value)
        if part is not None and argument(node, "asOf") is None:
            sizes[part] = max(sizes.get(part, 0), _first(core, node))
    return await _request(info.context, as_of, sizes, frozenset(details))


def selects(info: Info, field: str) -> bool:
    """Whether the field is selected beneath the one being resolved."""
    core = info._raw_info
    return any(node.name.value == field for node in _at(core, core.field_nodes, ()))


def _details(core: GraphQLResolveInfo[Any], node: FieldNode) -> set[Detail]:
    """What a selected field of the type Customer may need beyond what is always read."""
    name = node.name.value
    if name == "contacts":
        beneath = _beneath(core, node)
        departures: set[Detail] = {"departures"} if "departure" in beneath else set()
        return departures | ({"contact_details"} if beneath - _PERSON else set())
    if name == "recommendations":
        return {"reasons"} if "reasons" in _beneath(core, node) else set()
    return set() if name in PARTS or name in _COMPANY else {"company_details"}


async def _request(
    context: Context,
    as_of: datetime | None,
    sizes: Mapping[PartName, int],
    details: frozenset[Detail] = DETAILS,
) -> ProfileRequest:
    """These parts for whoever asks, with the number of contacts and recommendations."""
    return ProfileRequest(
        now=await context.now(),
        parts=frozenset(sizes),
        details=details,
        as_of=moment(as_of),
        viewer=context.viewer,
        contacts=sizes.get("contacts", 0),
        suggestions=sizes.get("suggestions", 0),
    )


def _first(core: GraphQLResolveInfo[Any], node: FieldNode) -> int:
    """The page size of a field of Customer; 0 where it has none."""
    kind: Any = core.schema.get_type("Customer")
    field = kind.fields[node.name.value]
    size = page_size(field, node, core.variable_values.coerced) if PAGE in field.args else 0
    return size if isinstance(size, int) else 0


def _at(
    core: GraphQLResolveInfo[Any], nodes: Sequence[FieldNode], path: Sequence[str]
) -> Iterator[FieldNode]:
    """The fields selected beneath these, at the end of the path."""
    for node in nodes:
        selected = node.selection_set.selections if node.selection_set else ()
        for found in _fields(core.fragments, selected, set()):
            if not path:
                yield found
            elif found.name.value == path[0]:
                yield from _at(core, [found], path[1:])


def _beneath(core: GraphQLResolveInfo[Any], node: FieldNode) -> set[str]:
    """The names of all fields selected beneath this one, at any depth."""
    found: dict[int, str] = {}  # by node, for a fragment may be spread at many places
    left = [node]
    while left:
        for inner in _at(core, [left.pop()], ()):
            if id(inner) not in found:
                found[id(inner)] = inner.name.value
                left.append(inner)
    return set(found.values())


def _fields(
    fragments: Mapping[str, FragmentDefinitionNode], selected: Sequence[SelectionNode], seen: set[str]
) -> Iterator[FieldNode]:
    """The fields of a selection, each fragment once.

    Conditions are not weighed: at worst a part is read for nothing.
    """
    for node in selected:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _fields(fragments, node.selection_set.selections, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            yield from _fields(fragments, fragments[node.name.value].selection_set.selections, seen)
