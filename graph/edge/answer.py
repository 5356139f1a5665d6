"""Every edge of a chain answers for itself: sources, corroboration, freshness, conflicts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from graph.decision_chain.assemble import BASIS_RANK
from graph.decision_chain.gaps import STALE_HALF_LIVES
from graph.decision_chain.model import DecisionChain
from graph.edge.model import EdgeAnswer, EdgeKind, Statement
from graph.service import GraphStore, Row

KEPT: Mapping[EdgeKind, timedelta] = {
    "job": timedelta(days=730),
    "role": timedelta(days=365),
    "reporting_line": timedelta(days=730),
}
"""How long a statement counts as fresh: people keep a post for years, a part in a decision while it lasts.
A judgement. A tie is stale after two half-lives, as in the gap `stale_contact`."""

Place = tuple[EdgeKind, str, str]
"""What an edge is: its kind, the contact, and what it is about."""


async def edge_answers(
    store: GraphStore, chain: DecisionChain, *, viewer: str | None = None
) -> tuple[EdgeAnswer, ...]:
    """The answers of the jobs, roles, lines and ties of the chain's members, as the viewer may see them."""
    rows = await store.read(
        "edge.statements",
        contact_ids=[member.contact_id for member in chain.members],
        customer_id=chain.customer_id,
        opportunity_id=chain.opportunity_id or "",
        as_of=chain.as_of.isoformat(),
        viewer=viewer or "",
    )
    stated: dict[Place, list[Row]] = defaultdict(list)
    for row in rows:
        for one in row["statements"]:
            stated[one["kind"], row["contact_id"], one["about"]].append(one)
    return tuple(_answers(stated, chain.as_of))


def _answers(stated: Mapping[Place, Sequence[Row]], moment: datetime) -> Iterator[EdgeAnswer]:
    for place in sorted(stated):
        every = [(_statement(row), row) for row in stated[place]]
        dismissed = tuple(one for one, _ in every if _dismissed(one, moment))
        standing = [one for one, _ in every if not _dismissed(one, moment)]
        if standing:
            yield _answer(place, sorted(standing, key=_order), dismissed, stated[place], moment)


def _answer(
    place: Place,
    standing: Sequence[Statement],
    dismissed: tuple[Statement, ...],
    rows: Sequence[Row],
    moment: datetime,
) -> EdgeAnswer:
    """The best-founded statement counts; who says the same corroborates it, who says otherwise conflicts."""
    kind, contact_id, about = place
    value = next((one.value for one in standing if one.value is not None), None)
    same = tuple(one for one in standing if _alike(kind, one.value, value))
    last = max(one.seen_at for one in same)
    return EdgeAnswer(
        kind=kind,
        contact_id=contact_id,
        about=about,
        value=value,
        sources=same,
        corroborated=_corroborated(kind, same, rows),
        last_seen_at=last,
        stale=last + _kept(kind, rows) < moment,
        conflicts=tuple(one for one in standing if one not in same),
        dismissed=dismissed,
    )


def _dismissed(one: Statement, moment: datetime) -> bool:
    return one.dismissed_at is not None and one.dismissed_at <= moment


def _alike(kind: EdgeKind, one: str | None, other: str | None) -> bool:
    if one is None or one == other:
        return True
    return kind == "job" and one.strip().casefold() == (other or "").strip().casefold()


def _corroborated(kind: EdgeKind, same: Iterable[Statement], rows: Sequence[Row]) -> int:
    """Sources that were not inferred; a tie is corroborated by the channels that show it."""
    if kind == "tie":
        return len({channel for row in rows for channel in row["channels"] or ()})
    return len({one.source for one in same if one.basis != "inferred"})


def _kept(kind: EdgeKind, rows: Sequence[Row]) -> timedelta:
    if kind == "tie":
        return timedelta(days=STALE_HALF_LIVES * max(row["half_life_days"] for row in rows))
    return KEPT[kind]


def _statement(row: Row) -> Statement:
    known = row["known_from"] or row["valid_from"]
    return Statement(
        fact_id=row["fact_id"],
        value=row["value"],
        source=row["source"],
        basis=row["basis"],
        confidence=row["confidence"],
        method=row["method"],
        valid_from=row["valid_from"],
        seen_at=max(known, row["seen"] or known),
        evidence=tuple(row["evidence"] or ()),
        dismissed_by=row["dismissed_by"],
        dismissed_at=row["dismissed_at"],
        dismissed_why=row["dismissed_why"],
    )


def _order(one: Statement) -> tuple[object, ...]:
    return BASIS_RANK[one.basis], -one.seen_at.timestamp(), one.fact_id
