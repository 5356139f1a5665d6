"""What the index knows of one node: its names, numbers and addresses, in the forms that are compared."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import orjson

from graph.search.number import domains_of, mail_of, numbers_of, phone_digits
from graph.search.spelling import Spelling, company_spelling, person_spellings

Kind = Literal["company", "person", "product", "deal", "record"]
KINDS: tuple[Kind, ...] = ("company", "person", "product", "deal", "record")

KIND_OF: dict[str, Kind] = {
    "Customer": "company", "Contact": "person", "Employee": "person", "Product": "product",
    "Opportunity": "deal", "Order": "record", "Invoice": "record", "Quote": "record", "Contract": "record",
    "Ticket": "record", "Lead": "record", "Campaign": "record",
    "Item": "record",
}  # fmt: skip
"""Labels that are found, and as what. Records are found by their numbers, and by a name if they have one."""
LABELS = tuple(KIND_OF)


@dataclass(frozen=True, slots=True)
class Source:
    """A node's values as the graph holds them."""

    label: str
    node_id: str
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Mail addresses, web sites and domains."""
    places: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    """Names of the companies that a person works for, or that a deal is with."""
    restricted: bool = False
    """Whether some may not see it."""


class Document(NamedTuple):
    """A node in the forms that are compared with what is asked."""

    label: str
    node_id: str
    names: Sequence[Spelling]
    numbers: Sequence[str]
    phones: Sequence[str]
    domains: Sequence[str]
    mails: Sequence[str]
    places: Sequence[str]
    companies: Sequence[Spelling]
    restricted: bool

    @property
    def kind(self) -> Kind:
        """As what it is found."""
        return KIND_OF[self.label]


def document(source: Source) -> Document:
    """The forms of a node's values; what holds no word, digit or address is left out."""
    person = KIND_OF[source.label] == "person"
    return Document(
        source.label,
        source.node_id,
        tuple(
            one
            for name in source.names
            for one in (person_spellings(name) if person else (company_spelling(name),))
            if one.full
        ),
        _distinct(number for text in (source.node_id, *source.numbers) for number in numbers_of(text)),
        _distinct(map(phone_digits, source.phones)),
        _distinct(domain for text in source.addresses for domain in domains_of(text)),
        _distinct(map(mail_of, source.addresses)),
        _distinct(_places(source.places)),
        tuple(one for one in map(company_spelling, source.companies) if one.full),
        source.restricted,
    )


def packed(one: Document) -> bytes:
    """The document as bytes, for `unpacked`."""
    return orjson.dumps(
        [
            tuple(one[:2]),
            [list(name) for name in one.names],
            *one[3:8],
            [list(name) for name in one.companies],
            one.restricted,
        ]
    )


def unpacked(data: bytes) -> Document:
    """What `packed` made the bytes of."""
    (label, node_id), names, numbers, phones, domains, mails, places, companies, restricted = orjson.loads(
        data
    )
    return Document(
        label, node_id, [Spelling(*row) for row in names], numbers, phones, domains, mails, places,
        [Spelling(*row) for row in companies], restricted,
    )  # fmt: skip


def _places(places: Iterable[str]) -> Iterator[str]:
    """Places as people write them before a name: simplified, and in pinyin."""
    for place in places:
        read = company_spelling(place)
        bare = read.full.rstrip("省市区县") or read.full
        yield bare
        yield from (company_spelling(bare).latin[:1] if read.chinese else ())


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
