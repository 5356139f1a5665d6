"""Reads from the graph what nodes are found by."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cypher import template
from graph.batches import batches
from graph.history.pages import Reader, all_ids
from graph.model import NODES
from graph.search.document import LABELS, Document, Source, document

PAGE = 2000
"""Nodes that are read at a time."""
Row = dict[str, Any]


def all_documents(store: Reader) -> Iterator[Document]:
    """A document of every node that can be found, label by label."""
    for label in LABELS:
        yield from documents(store, label, all_ids(store, label).to_pylist())


def documents(store: Reader, label: str, ids: Iterable[str]) -> Iterator[Document]:
    """Documents of the nodes of a label that have these ids; of those that are in the graph."""
    read = _READ.get(label, _named)
    for page in batches(ids, PAGE):
        for source in read(store, label, page):
            yield document(source)


def _customers(store: Reader, label: str, ids: list[str]) -> Iterator[Source]:
    for row in store.read("search.customers", ids=ids):
        yield Source(
            label,
            row["id"],
            names=_given(row["name"], row["short_name"]),
            numbers=_given(row["tax_id"], *map(_bare, row["aliases"]), *row["keys"]),
            phones=_given(row["phone"], *(row["other_phones"] or ())),
            addresses=_given(row["website"], *(row["domains"] or ())),
            places=_given(row["city"], row["region"], row["country"]),
        )


def _contacts(store: Reader, label: str, ids: list[str]) -> Iterator[Source]:
    for row in store.read("search.contacts", ids=ids):
        yield Source(
            label,
            row["id"],
            names=_given(row["name"]),
            phones=_given(
                row["phone"], row["mobile"], *(row["other_phones"] or ()), *(row["other_mobiles"] or ())
            ),
            addresses=_given(row["email"], *(row["other_emails"] or ())),
            companies=_given(*row["companies"]),
            restricted=not row["companies"],
        )


def _deals(store: Reader, label: str, ids: list[str]) -> Iterator[Source]:
    for row in store.read("search.deals", ids=ids):
        yield Source(label, row["id"], names=_given(row["name"]), companies=_given(*row["companies"]))


def _named(store: Reader, label: str, ids: list[str]) -> Iterator[Source]:
    query = template("search.named").render(label=label, key=NODES[label].key)
    for row in store.read(query, ids=ids):
        yield Source(
            label,
            row["id"],
            names=_given(row["name"]),
            addresses=_given(row["email"], *(row["other_emails"] or ())),
        )


_READ: dict[str, Callable[[Reader, str, list[str]], Iterator[Source]]] = {
    "Customer": _customers, "Contact": _contacts, "Opportunity": _deals,
}  # fmt: skip


def _given(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def _bare(alias: str) -> str:
    """The other id of an alias `Label|id`."""
    return alias.partition("|")[2]
