"""What if a contact leaves: the same rules over the same facts, but that the person's jobs there end now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from graph.alert.playbook import Language
from graph.clock import reading_moment
from graph.decision_chain import gaps
from graph.decision_chain.assemble import assemble
from graph.decision_chain.completeness import completeness
from graph.decision_chain.model import DecisionChain, Gap
from graph.decision_chain.past import covered_chain, past_rows
from graph.decision_chain.required import RequiredRoles
from graph.decision_chain.rows import chain_rows, circumstances, target
from graph.errors import NotFound
from graph.introduction.find import Wanted, introductions
from graph.parameters import Parameters, parameters_as_of
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
    as_of: datetime | None = None,
) -> WhatIf:
    """The situation with and without the contact, as the viewer may see it.

    as_of: a past day, on which the contact is supposed to have left. Raises NotFound, AsOfAfterNow.
    """
    moment = reading_moment(as_of, now)
    asked = _Asked(
        store, supposed, now, moment, viewer, await parameters_as_of(store, moment), required, language
    )
    row = await asked.row()
    before = await asked.situation(row, avoided=())
    after = await asked.situation(_without(row, supposed, moment), avoided=(supposed.contact_id,))
    had, has = _by_kind(before.gaps), _by_kind(after.gaps)
    return WhatIf(
        customer_id=supposed.customer_id,
        contact_id=supposed.contact_id,
        as_of=moment,
        before=before,
        after=after,
        new_gaps=tuple(gap for key, gap in has.items() if key not in had),
        solved_gaps=tuple(gap for key, gap in had.items() if key not in has),
        risk=_risk(await asked.state(), supposed),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What both situations are read with."""

    store: GraphStore
    supposed: Supposed
    now: datetime
    moment: datetime
    viewer: str | None
    parameters: Parameters
    required: RequiredRoles | None
    language: Language

    @property
    def calibration(self) -> Calibration:
        """The measure of ties of the moment."""
        return self.parameters.calibration

    async def row(self) -> Row:
        """The row of the chain; raises NotFound also for a contact of whom nothing there is seen."""
        supposed = self.supposed
        row = await self._chain_row()
        if row is None:
            raise NotFound("Customer", supposed.customer_id)
        if supposed.opportunity_id is not None and row["opportunity"] is None:
            raise NotFound("Opportunity", supposed.opportunity_id)
        there = {one["contact_id"] for one in (await self.state())["staff"]}
        there |= {member.contact_id for member in assemble(row, self.moment).members}
        if supposed.contact_id not in there:
            raise NotFound("Contact", supposed.contact_id)
        return row

    async def _chain_row(self) -> Row | None:
        supposed = self.supposed
        asked = (supposed.customer_id, supposed.opportunity_id)
        if self.moment == self.now:
            rows = await chain_rows(self.store, [target(*asked)], self.moment, self.viewer)
            return rows[0] if rows else None
        past = await past_rows(self.store, *asked, self.moment, self.viewer, self.parameters)
        return past.row if past else None

    async def state(self) -> Row:
        """Who works there, and the risk that stands."""
        found = await self.store.read(
            "account.state", customer_id=self.supposed.customer_id, as_of=self.moment.isoformat(),
            viewer=self.viewer or "",
        )  # fmt: skip
        return found[0]

    async def _chain(self, row: Row) -> DecisionChain:
        """The chain of the row with the ties of the moment, which today's row holds."""
        if self.moment == self.now:
            return assemble(row, self.moment)
        return await covered_chain(self.store, row, self.moment, self.calibration)

    async def situation(self, row: Row, avoided: tuple[str, ...]) -> Situation:
        """How we stand by the row of the chain, over nobody who is avoided."""
        chain = await self._chain(row)
        deciders = decision_makers(chain)
        wanted = Wanted(deciders, self.supposed.employee_id, avoided=avoided)
        ways = await introductions(
            self.store, wanted, now=self.now, as_of=self.moment, first=self.supposed.first,
            viewer=self.viewer, language=self.language,
        )  # fmt: skip
        found = gaps.find(chain, circumstances(row, self.moment, self.calibration))
        return Situation(
            chain=replace(chain, gaps=found),
            covered=tuple(one.contact_id for one in chain.members if gaps.covering(one, self.calibration)),
            known_by=tuple(sorted(self._known_by(chain))),
            gaps=found,
            completeness=await completeness(self.store, chain, self.required),
            deciders=deciders,
            ways=ways,
        )

    def _known_by(self, chain: DecisionChain) -> set[str]:
        covers = (cover for one in chain.members for cover in gaps.covering(one, self.calibration))
        return {cover.employee_id for cover in covers}


def _without(row: Row, supposed: Supposed, moment: datetime) -> dict[str, Any]:
    """The row as it would be had the contact's jobs there ended now; without any, without the contact."""
    people = [
        person | {"jobs": [_ended(job, supposed, moment) for job in person["jobs"]]}
        if person["contact_id"] == supposed.contact_id
        else person
        for person in row["people"]
    ]
    kept = [one for one in people if one["contact_id"] != supposed.contact_id or _worked(one, supposed)]
    return {**row, "people": kept}


def _ended(job: Row, supposed: Supposed, moment: datetime) -> Row:
    goes_on = job["valid_to"] is None or job["valid_to"] > moment
    return job | {"valid_to": moment} if job["customer_id"] == supposed.customer_id and goes_on else job


def _worked(person: Row, supposed: Supposed) -> bool:
    return any(job["customer_id"] == supposed.customer_id for job in person["jobs"])


def _by_kind(found: Iterable[Gap]) -> dict[tuple[str, str | None], Gap]:
    return {(gap.kind, gap.contact_id): gap for gap in found}


def _risk(state: Row, supposed: Supposed) -> RiskParts | None:
    if not state["risk"]:
        return None
    score: Risk = risk(state["risk"][0])
    of_people = tuple(one for one in score.reasons if _of_people(one, supposed.contact_id))
    return RiskParts(score.probability, score.band, score.as_of, of_people)


def _of_people(reason: RiskReason, contact_id: str) -> bool:
    named = any(one.kind == "Contact" and one.id == contact_id for one in reason.evidence)
    return named or reason.feature in OF_PEOPLE
