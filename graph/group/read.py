"""Reading the group of a customer: upward to its head, then downward, level by level."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from graph.clock import reading_moment
from graph.decision_chain.assemble import BASIS_RANK, NEWER
from graph.errors import NotFound
from graph.group.model import Connected, Group, GroupCompany, GroupDecider, GroupOwner, ParentLink, Relation
from graph.model import Contact, Customer, Employee
from graph.model.base import Node
from graph.record_version import own_values_as_of
from graph.service import GraphStore, Row

MOST = 200
"""Companies of a group that are read."""
LEVELS = 10

Links = Mapping[str, Row]


async def group(
    store: GraphStore,
    *,
    customer_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Group:
    """The group as the viewer may see it, companies in the order of the tree. Raises NotFound, AsOfAfterNow.

    Where a company has several parents the one with the smallest id counts; circles are cut.
    """
    moment = reading_moment(as_of, now)
    asked = {"as_of": moment.isoformat(), "viewer": viewer or ""}
    above = await _upward(store, customer_id, asked)
    below, links, whole = await _downward(store, above, asked)
    placed = _placed(above[-1], below, customer_id, above)
    rows = await store.read("group.companies", customer_ids=[one for one, _, _, _ in placed], **asked)
    connected = await store.read("group.connected", customer_id=customer_id, **asked)
    if moment < now:
        rows = await _then(store, rows, moment)
        connected = await _named_then(store, Customer, connected, moment)
    of_each = {row["customer_id"]: row for row in rows}
    companies = tuple(
        _company(of_each[one], parent, links.get((parent, one)), level, kind)
        for one, parent, level, kind in placed
    )
    return Group(
        customer_id, moment, companies, tuple(Connected(**row) for row in connected),
        _shared(customer_id, companies), whole,
    )  # fmt: skip


async def _then(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The companies with their own names and those of owners and deciders as they were then."""
    named = await _named_then(store, Customer, rows, moment)
    owners = await _named_then(store, Employee, (one for row in rows for one in row["owners"]), moment)
    people = await _named_then(store, Contact, (one for row in rows for one in row["deciders"]), moment)
    owner, person = iter(owners), iter(people)
    return [
        {**row, "owners": list(islice(owner, len(row["owners"]))),
         "deciders": list(islice(person, len(row["deciders"])))}
        for row in named
    ]  # fmt: skip


async def _named_then(
    store: GraphStore, kind: type[Node], rows: Iterable[Row], moment: datetime
) -> list[Row]:
    """Rows that hold a node's key, with its own values as they were then."""
    every = list(rows)
    own = await own_values_as_of(store, kind, (row[kind.key] for row in every), moment)
    return [own.of(row) for row in every]


async def _links(store: GraphStore, customer_ids: Iterable[str], asked: Mapping[str, str]) -> Links:
    rows = await store.read("group.links", customer_ids=sorted(customer_ids), **asked)
    return {row["customer_id"]: row for row in rows}


async def _upward(store: GraphStore, customer_id: str, asked: Mapping[str, str]) -> list[str]:
    """The customer, its parent, and so on to the head of the group. Raises NotFound."""
    path = [customer_id]
    while len(path) <= LEVELS:
        links = await _links(store, path[-1:], asked)
        if path[-1] not in links or (len(path) == 1 and not links[customer_id]["ours"]):
            raise NotFound("Customer", customer_id)
        parents = sorted(one["customer_id"] for one in links[path[-1]]["parents"])
        parents = [one for one in parents if one not in path]
        if not parents:
            break
        path.append(parents[0])
    return path


async def _downward(
    store: GraphStore, above: list[str], asked: Mapping[str, str]
) -> tuple[dict[str, list[str]], dict[tuple[str | None, str], ParentLink], bool]:
    """The subsidiaries of each company, each once, the customer's way first, and what says so of each.

    Whether all were read, too.
    """
    below: dict[str, list[str]] = {}
    told: dict[tuple[str | None, str], ParentLink] = {}
    level, seen = above[-1:], set(above[-1:])
    while level and len(seen) < MOST and len(below) <= MOST:
        links = await _links(store, level, asked)
        following: list[str] = []
        for company in level:
            found = _children(links[company]["children"])
            fresh = sorted(found.keys() - seen, key=lambda one: (one not in above, one))
            told |= {(company, child): link for child, link in found.items()}
            below[company] = fresh[: MOST - len(seen)]
            seen.update(below[company])
            following += below[company]
        level = following
    return below, told, not level


def _children(rows: Iterable[Row]) -> dict[str, ParentLink]:
    """By subsidiary the best-founded link to it."""
    found: dict[str, ParentLink] = {}
    for row in sorted(rows, key=lambda row: (BASIS_RANK[row["basis"]], -row["confidence"])):
        found.setdefault(row["customer_id"], ParentLink(row["basis"], row["confidence"], row["method"]))
    return found


def _placed(
    head: str, below: Mapping[str, list[str]], customer_id: str, above: list[str]
) -> list[tuple[str, str | None, int, Relation]]:
    """Each company with its parent, level and what it is to the customer; it precedes its subsidiaries."""
    found: list[tuple[str, str | None, int, Relation]] = []

    def place(company: str, parent: str | None, level: int, *, under: bool) -> None:
        found.append((company, parent, level, _relation(company, parent, above, under=under)))
        for child in below.get(company, ()):
            place(child, company, level + 1, under=under or company == customer_id)

    place(head, None, 0, under=False)
    return found


def _relation(company: str, parent: str | None, above: list[str], *, under: bool) -> Relation:
    if company == above[0]:
        return "self"
    if company in above:
        return "parent"
    if under:
        return "subsidiary"
    return "sister" if len(above) > 1 and parent == above[1] else "relative"


def _company(
    row: Row, parent: str | None, link: ParentLink | None, level: int, relation: Relation
) -> GroupCompany:
    return GroupCompany(
        customer_id=row["customer_id"],
        name=row["name"],
        parent_id=parent,
        parent_link=link,
        level=level,
        relation=relation,
        owners=tuple(GroupOwner(**one) for one in sorted(row["owners"], key=lambda one: one["employee_id"])),
        deciders=tuple(_deciders(row["deciders"])),
        open_deals=row["open_deals"],
    )


def _deciders(rows: Iterable[Row]) -> list[GroupDecider]:
    """Each person once, in the best-founded role."""
    found: dict[str, GroupDecider] = {}

    def rank(one: Row) -> tuple[int, float, bool, str]:
        return BASIS_RANK[one["basis"]], -one["confidence"], one["role"] in NEWER, one["role"]

    for row in sorted(rows, key=rank):
        found.setdefault(row["contact_id"], GroupDecider(**row))
    return sorted(found.values(), key=lambda one: (BASIS_RANK[one.basis], -one.confidence, one.contact_id))


def _shared(customer_id: str, companies: Iterable[GroupCompany]) -> tuple[GroupOwner, ...]:
    every = list(companies)
    own = {owner for one in every if one.customer_id == customer_id for owner in one.owners}
    others = {owner for one in every if one.customer_id != customer_id for owner in one.owners}
    return tuple(sorted(others - own, key=lambda owner: owner.employee_id))
