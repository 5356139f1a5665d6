"""Search as people type: candidates by the index, ranked, then read as the viewer may see them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from graph.errors import RelgraphError, UsageError
from graph.search.asked import Asked, read_asked
from graph.search.document import KINDS, Document, Kind
from graph.search.finder import Finder
from graph.search.rank import By, Score, alike, score
from graph.search.same import may_be_one
from graph.service import GraphStore, Row

MOST: Mapping[Kind, int] = {"company": 100, "person": 80, "product": 30, "deal": 30, "record": 20}
"""Candidates per kind that are compared."""
MISSPELT = 40
"""Of these, how many letter by letter: those with most in common."""
LARGEST = 50
_LISTS = {
    "Customer": "customers", "Contact": "contacts", "Employee": "employees", "Product": "products",
    "Opportunity": "deals", "Order": "orders", "Invoice": "invoices", "Quote": "quotes",
    "Contract": "contracts", "Ticket": "tickets", "Lead": "leads", "Campaign": "campaigns",
    "Item": "items",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CompanyOf:
    """A company that a hit belongs to; of a person with the title there."""

    customer_id: str
    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that answers."""

    label: str
    node_id: str
    kind: Kind
    name: str | None
    detail: str | None
    by: By
    score: float
    alike: bool
    """Whether it answers as well as the first."""
    may_be: tuple[str, ...]
    """Ids of other hits that may be records of the same company or person."""
    companies: tuple[CompanyOf, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, best first."""

    hits: tuple[Hit, ...]
    ambiguous: bool
    """Whether another hit answers as well as the first; it may be beyond the hits that were asked for."""


class IndexNotReady(RelgraphError):
    """There is no index to search in yet."""

    def __init__(self) -> None:
        super().__init__("the search index is still being built; try again in a few seconds")


async def search(
    store: GraphStore,
    finder: Finder,
    *,
    text: str,
    as_of: datetime,
    viewer: str | None = None,
    first: int = 10,
    kinds: Iterable[Kind] = KINDS,
    without: Collection[str] = (),
) -> Answer:
    """What answers to `text` and the viewer may see, best first.

    first: 1…50, else UsageError; raises IndexNotReady. without: labels that are left out.
    """
    if not 1 <= first <= LARGEST:
        raise UsageError(f"a search gives 1 to {LARGEST} hits, not {first}")
    asked = read_asked(text)
    found = finder.candidates(asked, {kind: MOST[kind] for kind in dict.fromkeys(kinds)})
    if found is None:
        raise IndexNotReady
    scored = ranked(asked, (one for one in found if one.label not in without))
    rows = await _seen(store, [one for _, one in scored], as_of, viewer, first)
    return _answer(asked, scored, rows, first)


async def plan(store: GraphStore, as_of: datetime) -> None:
    """Have the engine plan what a search reads, before anybody searches."""
    await _read(store, (), as_of, None)


def ranked(asked: Asked, found: Iterable[Document]) -> list[tuple[Score, Document]]:
    """Documents that answer, best first; the first of each kind are compared letter by letter."""
    compared = dict.fromkeys(KINDS, 0)
    scored: list[tuple[Score, Document]] = []
    for one in found:
        compared[one.kind] += 1
        value = score(asked, one, misspelt=compared[one.kind] <= MISSPELT)
        if value.value > 0.0:
            scored.append((value, one))
    return sorted(scored, key=_place)


def _place(scored: tuple[Score, Document]) -> tuple[float, int, int, str]:
    """Best first; of equals by kind, the shorter name, and the id."""
    value, one = scored
    return (-value.value, KINDS.index(one.kind), len(one.names[0].full) if one.names else 0, one.node_id)


async def _seen(
    store: GraphStore, found: Sequence[Document], as_of: datetime, viewer: str | None, first: int
) -> dict[tuple[str, str], Row]:
    """What the viewer may see of what was found, until that is more than `first`."""
    seen: dict[tuple[str, str], Row] = {}
    at, size = 0, first + 5
    while at < len(found) and len(seen) <= first:
        rows = await _read(store, found[at : at + size], as_of, viewer)
        seen |= {(row["label"], row["id"]): row for row in rows}
        at, size = at + size, 4 * size
    return seen


async def _read(
    store: GraphStore, found: Sequence[Document], as_of: datetime, viewer: str | None
) -> list[Row]:
    ids: dict[str, list[str]] = {name: [] for name in _LISTS.values()}
    for one in found:
        ids[_LISTS[one.label]].append(one.node_id)
    return await store.read("search.found", as_of=as_of.isoformat(), viewer=viewer or "", **ids)


def _answer(
    asked: Asked, scored: Sequence[tuple[Score, Document]], seen: Mapping[tuple[str, str], Row], first: int
) -> Answer:
    shown = [(value, one) for value, one in scored if (one.label, one.node_id) in seen]
    if not shown:
        return Answer((), ambiguous=False)
    best, first_one = shown[0]
    equal = [one.kind == first_one.kind and alike(best, value, asked) for value, one in shown]
    ours = shown[:first]
    hits = tuple(
        _hit(value, one, seen[one.label, one.node_id], like)
        for (value, one), like in zip(ours, equal, strict=False)
    )
    others = may_be_one([one for _, one in ours])
    return Answer(
        tuple(replace(hit, may_be=others.get((hit.label, hit.node_id), ())) for hit in hits), sum(equal) > 1
    )


def _hit(value: Score, one: Document, row: Row, like: bool) -> Hit:
    companies = tuple(CompanyOf(**company) for company in row["companies"])
    return Hit(
        one.label,
        one.node_id,
        one.kind,
        row["name"],
        row["detail"],
        value.by,
        round(value.value, 4),
        like,
        (),
        companies,
    )
