"""The values that a dataset's rules need, each bound to one column of its value table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from graph.model import FACTS, NODES
from ingest.mapping.fields import choices_of, model_of, required_fields, type_of
from ingest.mapping.kinds import ITEM, having, possible_kinds, read_as
from ingest.mapping.model import Dataset, Mapping
from ingest.mapping.rules import End, LinkRule, NodeRule
from ingest.mapping.value import Clean, Value, ValueType
from ingest.reading.choice import enumeration_of, vocabulary
from ingest.reading.currency import read_currency

OWN_DATES = (
    "opened_at", "ordered_at", "quoted_at", "issued_at", "paid_at", "at", "starts_at", "created_at",
)  # fmt: skip
"""Fields that date a record, in the order in which they are tried as the start of its facts."""

Reads = Literal[
    "choice",
    "currency",
    "email",
    "phone",
    "key",
    "mention",
    "name",
    "person",
    "identifier",
    "other_emails",
    "other_phones",
]
"""`mention` is the key of a record that the row only names: what stands for "none" names nothing. The
others of a mail address or a telephone number are what its cell holds behind the first."""
FREE_CHOICES = {
    ("Interaction", "channel"), ("Interaction", "direction"), ("PARTICIPATED_IN", "part"),
    ("Ticket", "kind"), ("Ticket", "priority"),
}  # fmt: skip
"""Fields that take any text but have usual values, in whatever case or language an export writes them."""


PROPER_NAMES = {("Customer", "name"), ("Product", "name")}
"""Names by which records are searched, shown and compared."""
PERSONS = {("Contact", "name"), ("Employee", "name")}


@dataclass(frozen=True, slots=True)
class Bound:
    """One value with everything that reading it needs."""

    column: str
    value: Value
    type: ValueType
    described: str
    """How messages name it, such as `Customer.name`."""
    maker: str | None = None
    """The boolean column that says whether the row makes this at all."""
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    default: str | int | float | bool | None = None
    """The model's own default for the field."""
    whole: bool = False
    """A template is empty when any of its columns is (keys)."""
    field: str = ""
    """The field's name; empty for keys and ends."""
    reads: Reads | None = None
    """How its text is read where its type does not say it."""
    enumeration: str = ""
    """Whose words it takes, where it is read as a choice."""
    year_last: bool = False
    """Whether its column shows that years of two digits stand last in numeric dates."""
    fallback: str | None = None
    """What an unknown word of an enumeration counts as."""
    of_kinds: tuple[str, ...] = ()
    """Of an item's field that not all of its possible kinds have: those that do."""


def node_column(index: int, part: str) -> str:
    """The value table's column for a part of a node rule, such as `key` or `f_name`."""
    return f"n{index}_{part}"


def link_column(index: int, part: str) -> str:
    """The value table's column for a part of a link rule."""
    return f"l{index}_{part}"


def bound_values(mapping: Mapping, dataset: Dataset) -> list[Bound]:
    """Every value of a dataset's rules."""
    nodes = [b for i, node in enumerate(dataset.nodes) for b in _node_values(mapping, i, node)]
    links = [b for i, link in enumerate(dataset.links) for b in _link_values(dataset, i, link)]
    return nodes + links


def own_node(dataset: Dataset, link: LinkRule, position: int) -> int:
    """The index of the row's own node that stands at an end which the link does not name (0 start, 1 end)."""
    ends = model_of(link.type).ends  # type: ignore[union-attr] # facts and parts have ends
    labels = {pair[position] for pair in ends}
    return next(i for i, node in enumerate(dataset.nodes) if node.label in labels)


def repeats_of(dataset: Dataset, index: int) -> str:
    """What several rows with one key of this node rule mean."""
    node = dataset.nodes[index]
    if node.repeats is not None:
        return node.repeats
    return "refuse" if index == 0 and NODES[node.label].mutable else "first"


def _node_values(mapping: Mapping, index: int, node: NodeRule) -> Iterator[Bound]:
    maker = node_column(index, "when")
    key = node.key if index else node.key.model_copy(update={"required": True})
    yield Bound(
        node_column(index, "key"),
        key,
        "text",
        f"{node.label} key",
        maker,
        key.required,
        whole=True,
        reads=_read_as(index, key),
    )
    for name, value in node.fields.items():
        made = _field(
            node_column(index, f"f_{name}"), node.label, name, value, maker, node.unmatched == "create"
        )
        yield _kind(mapping, made) if (node.label, name) == (ITEM, "kind") else made
    yield from _item_fields(mapping, index, node) if node.label == ITEM else _attributes(mapping, index, node)
    for rank, alternative in enumerate(node.match):
        for name, value in alternative.items():
            yield Bound(node_column(index, f"m{rank}_{name}"), value, "text", f"{node.label} match", maker)
    for name in ("valid_from", "known_from"):
        if getattr(node, name) is not None:
            yield Bound(
                node_column(index, name), getattr(node, name), "datetime", f"{node.label}.{name}", maker,
                field=name,
            )  # fmt: skip


def _attributes(mapping: Mapping, index: int, node: NodeRule) -> Iterator[Bound]:
    for name, value in node.attributes.items():
        declared = mapping.attributes.get(node.label, {}).get(name)
        kind = value.type or (declared.type if declared else "text")
        column, described = node_column(index, f"x_{name}"), f"{node.label}.{name}"
        yield Bound(column, value, kind, described, node_column(index, "when"), value.required)


def _item_fields(mapping: Mapping, index: int, node: NodeRule) -> Iterator[Bound]:
    """An item's own fields, of the types that its kind declares."""
    for name, value in node.attributes.items():
        kinds = having(mapping.kinds, node, name)
        partly = len(kinds) < len(possible_kinds(mapping.kinds, node))
        yield Bound(
            node_column(index, f"x_{name}"), value, mapping.kinds[kinds[0]].fields[name].type,
            f"{'/'.join(kinds)}.{name}", node_column(index, "when"), value.required,
            of_kinds=tuple(kinds) if partly else (),
        )  # fmt: skip


def _kind(mapping: Mapping, made: Bound) -> Bound:
    """The kind of an item, by its id or its name in either language; another word is refused."""
    return replace(made, value=read_as(mapping.kinds, made.value), choices=tuple(mapping.kinds))


def _read_as(index: int, key: Value) -> Reads:
    """The first node is the row's own record; others, unless required, it may only name."""
    return "mention" if index and not key.required else "key"


def _link_values(dataset: Dataset, index: int, link: LinkRule) -> Iterator[Bound]:
    maker = link_column(index, "when")
    for position, (part, end) in enumerate((("start", link.start), ("end", link.end))):
        yield _end(dataset, link, end, link_column(index, part), position)
    alone = not beside_a_record(link)
    for name, value in link.fields.items():
        yield _field(link_column(index, f"f_{name}"), link.type, name, value, maker, alone)
    for name in ("valid_from", "valid_to", "known_from"):
        if getattr(link, name) is not None:
            described = f"{link.type}.{name}"
            yield Bound(
                link_column(index, name), getattr(link, name), "datetime", described, maker, field=name
            )


def _end(dataset: Dataset, link: LinkRule, end: End | None, column: str, position: int) -> Bound:
    described = f"{link.type} {'to' if position else 'from'}"
    if end is None:
        index = own_node(dataset, link, position)
        own = dataset.nodes[index].key
        return Bound(column, own, "text", described, whole=True, reads=_read_as(index, own))
    value = end.key if end.key is not None else next(iter((end.by or {}).values()))
    kind: ValueType = "list" if value.split is not None else "text"
    return Bound(column, value, kind, described, whole=True)


def _field(column: str, kind: str, name: str, value: Value, maker: str, strict: bool) -> Bound:
    field = model_of(kind).model_fields[name]
    required = value.required or (strict and name in required_fields(kind))
    low, high = _range(field.metadata)
    default = field.default if isinstance(field.default, str | int | float | bool) else None
    reads = reads_of(kind, name)
    fallback = "other" if (kind, name) == ("Interaction", "channel") else None
    if reads == "currency":  # what holds for all rows counts after what an amount's own sign says
        fallback = (
            read_currency(value.default or value.constant or "") if value.default or value.constant else None
        )
        value = value.model_copy(update={"default": None, "constant": value.constant and ""})
    if reads in (
        "email",
        "other_emails",
    ):  # the reader takes the address out of the cell and counts the others
        value = value.model_copy(update={"clean": tuple(_after_email(value.clean))})
    return Bound(
        column, value, value.type or type_of(kind, name), f"{kind}.{name}", maker, required,
        choices_of(kind, name), low, high, default, field=name, reads=reads,
        enumeration=enumeration_of(kind, name), fallback=fallback,
    )  # fmt: skip


def _after_email(steps: Sequence[Clean]) -> Iterator[Clean]:
    """Clean-ups without `email`, which leaves addresses in lower case."""
    yield from ("lower" if step == "email" else step for step in steps)


def reads_of(kind: str, name: str) -> Reads | None:
    """How a field's text is read, where it is more than its type says."""
    if (kind, name) in FREE_CHOICES or (
        choices_of(kind, name) and enumeration_of(kind, name) in vocabulary()
    ):
        return "choice"
    named: dict[str, Reads] = {
        "currency": "currency", "email": "email", "phone": "phone", "mobile": "phone", "tax_id": "identifier",
        "other_emails": "other_emails", "other_phones": "other_phones", "other_mobiles": "other_phones",
    }  # fmt: skip
    if (kind, name) in PROPER_NAMES:
        return "name"
    if (kind, name) in PERSONS:
        return "person"
    return named.get(name) if kind in NODES else None


def _range(metadata: list[Any]) -> tuple[float | None, float | None]:
    low = next((item.ge for item in metadata if hasattr(item, "ge")), None)
    high = next((item.le for item in metadata if hasattr(item, "le")), None)
    return low, high


def beside_a_record(link: LinkRule) -> bool:
    """Whether the row is a record that states the fact beside itself: a bad link does not cost the record."""
    return is_fact(link.type) and (link.start is None or link.end is None)


def needed_fields(link: LinkRule) -> list[str]:
    """The mapped fields without which a link is none."""
    return sorted(required_fields(link.type) & set(link.fields))


def is_fact(kind: str) -> bool:
    """Whether a relationship type is a fact with two clocks (else it is a part)."""
    return kind in FACTS
