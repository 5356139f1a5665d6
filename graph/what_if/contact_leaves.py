"""What if a contact leaves: the same rules over the same facts, but that the person's jobs there end now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.alert.playbook import Language
from graph.decision_chain import gaps
from graph.decision_chain.assemble import assemble
from graph.decision_chain.completeness import completeness
from graph.decision_chain.model import DecisionChain, Gap
from graph.decision_chain.required import RequiredRoles
from graph.decision_chain.rows import chain_rows, circumstances, target
from graph.errors import NotFound
from graph.introduction.find import Wanted, introductions
from graph.parameters import parameters_as_of
from graph.score_view.model import Risk, RiskReason
from graph.score_view.parse import risk
from graph.service import GraphStore, Row
from graph.tie.model import Calibration
from graph.warm_path.find import decision_makers
from graph.what_if.model import RiskParts, Situation, WhatIf

OF_PEOPLE = frozenset({"people_left", "threads", "conversations"})
"""Kinds of reasons that rest on a customer's people, as the churn models name them."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """The contact who leaves the customer, and the chain: the deal's, else the largest open one's.

    employee_id: from whom the ways to who decides begin; None: anybody of us.
    """

    customer_id: str
    contact_id: str
    opportunity_id: str | None = None
    employee_id: str | None = None
    first: int = 3


async def contact_leaves(
    store: GraphStore,
    supposed: Supposed,
    *,
    now: datetime,
    viewer: str | None = None,
    required: RequiredRoles | None = None,
    language: Language = "en",
) -> WhatIf:
    """The situation with and without the contact, as the viewer may see it. Raises NotFound."""
    row = await _row(store, supposed, now, viewer)
    calibration = (await parameters_as_of(store, now)).calibration
    asked = _Asked(store, supposed, now, viewer, calibration, required, language)
    before = await asked.situation(row, avoided=())
    after = await asked.situation(_without(row, supposed, now), avoided=(supposed.contact_id,))
    had, has = _by_kind(before.gaps), _by_kind(after.gaps)
    return WhatIf(
        customer_id=supposed.customer_id,
        contact_id=supposed.contact_id,
        as_of=now,
        before=before,
        after=after,
        new_gaps=tuple(gap for key, gap in has.items() if key not in had),
        solved_gaps=tuple(gap for key, gap in had.items() if key not in has),
        risk=await _risk(store, supposed, now, viewer),
    )


async def _row(store: GraphStore, supposed: Supposed, now: datetime, viewer: str | None) -> Row:
    """The row of the chain; raises NotFound also for a contact of whom nothing there is seen."""
    wanted = target(supposed.customer_id, supposed.opportunity_id)
    rows = await chain_rows(store, [wanted], now, viewer)
    if not rows:
        raise NotFound("Customer", supposed.customer_id)
    if supposed.opportunity_id is not None and rows[0]["opportunity"] is None:
        raise NotFound("Opportunity", supposed.opportunity_id)
    state = await _state(store, supposed, now, viewer)
    there = {one["contact_id"] for one in state["staff"]}
    there |= {member.contact_id for member in assemble(rows[0], now).members}
    if supposed.contact_id not in there:
        raise NotFound("Contact", supposed.contact_id)
    return rows[0]


async def _state(store: GraphStore, supposed: Supposed, now: datetime, viewer: str | None) -> Row:
    asked = {"customer_id": supposed.customer_id, "as_of": now.isoformat(), "viewer": viewer or ""}
    return (await store.read("account.state", **asked))[0]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What both situations are read with."""

    store: GraphStore
    supposed: Supposed
    now: datetime
    viewer: str | None
    calibration: Calibration
    required: RequiredRoles | None
    language: Language

    async def situation(self, row: Row, avoided: tuple[str, ...]) -> Situation:
        """How we stand by the row of the chain, over nobody who is avoided."""
        chain = assemble(row, self.now)
        deciders = decision_makers(chain)
        wanted = Wanted(deciders, self.supposed.employee_id, avoided=avoided)
        ways = await introductions(
            self.store, wanted, now=self.now, first=self.supposed.first, viewer=self.viewer,
            language=self.language,
        )  # fmt: skip
        return Situation(
            chain=chain,
            covered=tuple(one.contact_id for one in chain.members if gaps.covering(one, self.calibration)),
            known_by=tuple(sorted(self._known_by(chain))),
            gaps=gaps.find(chain, circumstances(row, self.now, self.calibration)),
            completeness=await completeness(self.store, chain, self.required),
            deciders=deciders,
            ways=ways,
        )

    def _known_by(self, chain: DecisionChain) -> set[str]:
        covers = (cover for one in chain.members for cover in gaps.covering(one, self.calibration))
        return {cover.employee_id for cover in covers}


def _without(row: Row, supposed: Supposed, now: datetime) -> dict[str, Any]:
    """The row as it would be had the contact's jobs there ended now; without any, without the contact."""
    people = [
        person | {"jobs": [_ended(job, supposed, now) for job in person["jobs"]]}
        if person["contact_id"] == supposed.contact_id
        else person
        for person in row["people"]
    ]
    kept = [one for one in people if one["contact_id"] != supposed.contact_id or _worked(one, supposed)]
    return {**row, "people": kept}


def _ended(job: Row, supposed: Supposed, now: datetime) -> Row:
    goes_on = job["valid_to"] is None or job["valid_to"] > now
    return job | {"valid_to": now} if job["customer_id"] == supposed.customer_id and goes_on else job


def _worked(person: Row, supposed: Supposed) -> bool:
    return any(job["customer_id"] == supposed.customer_id for job in person["jobs"])


def _by_kind(found: Iterable[Gap]) -> dict[tuple[str, str | None], Gap]:
    return {(gap.kind, gap.contact_id): gap for gap in found}


async def _risk(store: GraphStore, supposed: Supposed, now: datetime, viewer: str | None) -> RiskParts | None:
    stored = (await _state(store, supposed, now, viewer))["risk"]
    if not stored:
        return None
    score: Risk = risk(stored[0])
    of_people = tuple(one for one in score.reasons if _of_people(one, supposed.contact_id))
    return RiskParts(score.probability, score.band, score.as_of, of_people)


def _of_people(reason: RiskReason, contact_id: str) -> bool:
    named = any(one.kind == "Contact" and one.id == contact_id for one in reason.evidence)
    return named or reason.feature in OF_PEOPLE
