"""What is missing in our coverage of a decision: rules over an assembled chain (docs/relationships.md)."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson

from graph.alert.playbook import message
from graph.buying_role.weights import DECIDES
from graph.days_off import patient_until
from graph.decision_chain.model import Cover, DecisionChain, Gap, GapKind, Member, Severity
from graph.departure import SURE
from graph.tie.model import Calibration
from graph.tie.strength import floor

METHOD = "chain-gaps-1"
INFLUENTIAL = 0.6
"""Influence from which a person without a deciding role still is a key player."""
STALE_HALF_LIVES = 2.0
"""Silence after which a tie weighs a quarter and the contact counts as stale, days off left out."""

_SEVERITY: Mapping[GapKind, Severity] = {
    "no_decision_maker": "critical",
    "decision_maker_uncovered": "critical",
    "hostile_uncovered": "critical",
    "key_person_left": "critical",
    "no_champion": "warning",
    "single_threaded": "warning",
    "stale_contact": "warning",
}


@dataclass(frozen=True, slots=True)
class Departure:
    """A person with a role in the chain whose job at the customer has ended."""

    contact_id: str
    role: str
    left_at: datetime
    influence: float | None
    now_at: str | None
    """Name of the customer where the person works now, where one is known."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rules need beside the chain: when the matter began, who left, how ties are measured."""

    began: datetime
    calibration: Calibration
    departures: tuple[Departure, ...] = field(default=())
    companies: Mapping[str, str] = field(default_factory=dict)
    """Names of the customers where people of the chain work, by id."""
    country: str | None = None
    """Of the customer, as its record names it."""


def find(chain: DecisionChain, known: Circumstances) -> tuple[Gap, ...]:
    """All gaps of the chain at `chain.as_of`, oldest first. `chain.gaps` is not read."""
    gaps = (
        *_deciders(chain, known),
        *_supporters(chain, known),
        *_people(chain, known),
        *_left(chain, known),
        *_seems_gone(chain, known),
    )
    return tuple(sorted(gaps, key=lambda gap: (gap.since, gap.alert_id)))


def is_key(member: Member) -> bool:
    """A decider, a champion, or someone of high influence."""
    roles = {member.role, *member.other_roles}
    return bool(roles & (DECIDES | {"champion"})) or (member.influence or 0.0) >= INFLUENTIAL


def covering(member: Member, calibration: Calibration) -> list[Cover]:
    """The ties to the member that are strong enough to count."""
    return [cover for cover in member.covered_by if cover.strength >= floor(calibration.scale)]


def _deciders(chain: DecisionChain, known: Circumstances) -> Iterator[Gap]:
    deciders = [m for m in chain.members if {m.role, *m.other_roles} & DECIDES]
    if not deciders:
        yield _gap(chain, "no_decision_maker", known.began)
    elif not any(covering(m, known.calibration) for m in deciders):
        last = [cover.last_contact_at for m in deciders for cover in m.covered_by]
        since = max(last) if last else min(m.since or known.began for m in deciders)
        yield _gap(chain, "decision_maker_uncovered", since, deciders)


def _supporters(chain: DecisionChain, known: Circumstances) -> Iterator[Gap]:
    if chain.opportunity_id is not None and not any(_supports(m) for m in chain.members):
        yield _gap(chain, "no_champion", known.began)
    covered = [m for m in chain.members if covering(m, known.calibration)]
    if len(covered) == 1 and len(chain.members) > 1:
        yield _gap(chain, "single_threaded", known.began, covered)


def _supports(member: Member) -> bool:
    stance = member.stance or 0
    return stance >= 2 or ("champion" in (member.role, *member.other_roles) and stance >= 0)


def _people(chain: DecisionChain, known: Circumstances) -> Iterator[Gap]:
    patience = timedelta(days=STALE_HALF_LIVES * known.calibration.half_life_days)
    for member in filter(is_key, chain.members):
        if (member.stance or 0) < 0 and not covering(member, known.calibration):
            yield _gap(chain, "hostile_uncovered", member.since or known.began, [member])
        last = max((cover.last_contact_at for cover in member.covered_by), default=None)
        if last is not None and (due := patient_until(last, patience, known.country)) <= chain.as_of:
            yield _gap(chain, "stale_contact", due, [member], day=f"{last:%Y-%m-%d}")


def _left(chain: DecisionChain, known: Circumstances) -> Iterator[Gap]:
    for gone in known.departures:
        if gone.role in DECIDES | {"champion"} or (gone.influence or 0.0) >= INFLUENTIAL:
            figures = {
                "form": "left", "day": f"{gone.left_at:%Y-%m-%d}", "now_at": gone.now_at,
                "people": [{"role": gone.role, "title": None}],
            }  # fmt: skip
            evidence = (f"Contact:{gone.contact_id}",)
            yield _made(chain, "key_person_left", figures, gone.left_at, gone.contact_id, evidence)


def _seems_gone(chain: DecisionChain, known: Circumstances) -> Iterator[Gap]:
    """Key people who seem to have left though nobody recorded it."""
    for member in filter(is_key, chain.members):
        if (gone := member.departure) is not None and gone.confidence >= SURE:
            figures = {
                "form": "seems_left", "day": f"{gone.since:%Y-%m-%d}", "sure": f"{gone.confidence:.0%}",
                "now_at": known.companies.get(gone.moved_to or ""), "people": [_who(member)],
            }  # fmt: skip
            evidence = (f"Contact:{member.contact_id}", *gone.evidence)
            yield _made(chain, "key_person_left", figures, gone.since, member.contact_id, evidence[:20])


def _gap(
    chain: DecisionChain, kind: GapKind, since: datetime, members: Iterable[Member] = (), **figures: str
) -> Gap:
    people = list(members)
    contacts = [f"Contact:{m.contact_id}" for m in people]
    seen = [item for m in people for cover in m.covered_by[:1] for item in cover.evidence]
    own = (
        people[0].contact_id if len(people) == 1 and kind in ("hostile_uncovered", "stale_contact") else None
    )
    told = {"people": [_who(member) for member in people], **figures}
    return _made(chain, kind, told, since, own, tuple(contacts + seen)[:20])


def _made(
    chain: DecisionChain, kind: GapKind, figures: Mapping[str, Any], since: datetime, contact_id: str | None,
    evidence: tuple[str, ...],
) -> Gap:  # fmt: skip
    start = min(since, chain.as_of)
    parts = (kind, chain.customer_id, chain.opportunity_id or "", contact_id or "", start.isoformat())
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
    return Gap(
        kind=kind,
        severity=_SEVERITY[kind],
        message=message(kind, figures),
        since=start,
        contact_id=contact_id,
        evidence=evidence,
        alert_id=f"gap:{digest}",
        figures=orjson.dumps(figures, option=orjson.OPT_SORT_KEYS).decode(),
    )


def _who(member: Member) -> Mapping[str, str | None]:
    """Role and title, never the name: messages stand in the graph, names only on the contact."""
    return {"role": member.role, "title": member.title}
