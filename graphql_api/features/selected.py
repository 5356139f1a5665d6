"""What a document selects of customers: parts of their profiles, how many of each, and which details."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionNode,
)

from graph.profile.parts import DETAILS, Detail, PartName
from graph.profile.read import ProfileRequest
from graphql_api.context import Context, Info, moment
from graphql_api.execution.measure import PAGE, argument, page_size

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
    return await request_for(info.context, as_of, sizes, frozenset(details))


def selects(info: Info, field: str) -> bool:
    """Whether the field is selected beneath the one being resolved."""
    core = info._raw_info
    return any(node.name.value == field for node in _at(core, core.field_nodes, ()))


def selects_beneath(info: Info, *fields: str) -> bool:
    """Whether any of these fields is selected beneath the one being resolved, at any depth."""
    core = info._raw_info
    return any(not _beneath(core, node).isdisjoint(fields) for node in core.field_nodes)


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


async def request_for(
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
