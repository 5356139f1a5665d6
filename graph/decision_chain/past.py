"""A decision chain of a past day: reporting lines, ties and gaps found anew from what was known then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from graph.deal import Deals, deals_as_of
from graph.decision_chain import gaps
from graph.decision_chain.assemble import assemble, with_covers, with_departures, with_lines
from graph.decision_chain.model import Cover, DecisionChain
from graph.decision_chain.rows import chain_rows, circumstances, target
from graph.departure import departures_as_of
from graph.model import Contact, Customer
from graph.parameters import Parameters
from graph.record_version import names_as_of, own_values_as_of
from graph.reporting_line.lines import Line
from graph.reporting_line.read import lines_as_of
from graph.service import GraphStore, Row
from graph.tie.coverage import Known, coverage_as_of
from graph.tie.model import Calibration

COVERS = 5
"""Ties shown of a member at most, as `chain.of` reads them."""


@dataclass(frozen=True, slots=True)
class PastRows:
    """What a chain of a day is assembled from: as the viewer may see it, and as everybody may (`shared`)."""

    row: Row
    shared: Row


async def past_chain(
    store: GraphStore,
    customer_id: str,
    opportunity_id: str | None,
    moment: datetime,
    viewer: str | None,
    parameters: Parameters,
) -> DecisionChain | None:
    """The chain as the viewer may see it; None where there is no such customer.

    Its gaps are those of the chain that everybody may see, as a derive finds them.
    """
    found = await past_rows(store, customer_id, opportunity_id, moment, viewer, parameters)
    if found is None:
        return None
    calibration = parameters.calibration
    chain = await covered_chain(store, found.row, moment, calibration)
    of_all = await covered_chain(store, found.shared, moment, calibration) if viewer else chain
    return replace(chain, gaps=gaps.find(of_all, circumstances(found.shared, moment, calibration)))


async def past_rows(
    store: GraphStore,
    customer_id: str,
    opportunity_id: str | None,
    moment: datetime,
    viewer: str | None,
    parameters: Parameters,
) -> PastRows | None:
    """The rows of the chain with the lines and departures of the day; None without such a customer."""
    deals = (await deals_as_of(store, [customer_id], moment)).get(customer_id, Deals(None, ()))
    deal = deals.named(opportunity_id) if opportunity_id else deals.largest_open()
    subject = _Subject(store, customer_id, deal, moment)
    first = await subject.row(viewer)
    if first is None:
        return None
    people, off = [person["contact_id"] for person in first["people"]], parameters.off
    departures = {} if "departures" in off else await departures_as_of(store, [customer_id], moment)
    lines = () if "reporting_lines" in off else await lines_as_of(store, people, moment, parameters.weights)
    row = with_departures(with_lines(await subject.row(viewer, lines) or first, lines), departures)
    of_company = await subject.row(None, lines) if viewer else None
    shared = with_departures(with_lines(of_company, lines), departures) if of_company else row
    return PastRows(row, shared)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the chain of the day is about: an account, or one of its deals as it stood then."""

    store: GraphStore
    customer_id: str
    deal: Row | None
    moment: datetime

    async def row(self, viewer: str | None, lines: Sequence[Line] = ()) -> Row | None:
        """The row for a viewer, with the superiors of the lines beside the people that the graph leads to."""
        superiors = sorted({line.superior.contact_id for line in lines})
        deal_id = self.deal["opportunity_id"] if self.deal else None
        wanted = target(self.customer_id, deal_id, account=self.deal is None, superiors=superiors)
        rows = await chain_rows(self.store, [wanted], self.moment, viewer, derived=False)
        if not rows:
            return None
        people = await _as_then(self.store, rows[0]["people"], self.moment)
        return {**rows[0], "opportunity": self.deal, "people": people}


async def _as_then(store: GraphStore, people: Sequence[Row], moment: datetime) -> list[Row]:
    """The people with their own values, and the names of the companies they work for, of the day."""
    contacts = await own_values_as_of(store, Contact, (one["contact_id"] for one in people), moment)
    jobs = {job["customer_id"]: job["company"] for one in people for job in one["jobs"]}
    companies = await names_as_of(store, Customer, jobs, moment)

    def named(job: Row) -> Row:
        return {**job, "company": companies[job["customer_id"]]}

    return [contacts.of(one) | {"jobs": [named(job) for job in one["jobs"]]} for one in people]


async def covered_chain(
    store: GraphStore, row: Row, moment: datetime, calibration: Calibration
) -> DecisionChain:
    """The chain of the row, with the ties of the day."""
    chain = assemble(row, moment)
    people = [member.contact_id for member in chain.members]
    coverage = await coverage_as_of(store, people, moment, calibration)
    covers = {contact: tuple(map(_cover, known[:COVERS])) for contact, known in coverage.items()}
    return with_covers(chain, covers)


def _cover(known: Known) -> Cover:
    tie = known.tie
    return Cover(
        employee_id=known.employee_id,
        **known.employee,
        strength=tie.strength,
        last_contact_at=tie.last_at,
        interactions=tie.interactions,
        evidence=tie.evidence,
        evidence_count=tie.interactions,
    )
