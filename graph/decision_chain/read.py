"""Reading a decision chain: today's as derived, a past day's recomputed from what was known then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from graph.clock import reading_moment
from graph.decision_chain import gaps
from graph.decision_chain.assemble import assemble, has_left, leading_roles, with_covers
from graph.decision_chain.model import Cover, DecisionChain
from graph.errors import NotFound
from graph.service import GraphStore, Row
from graph.tie.model import Calibration, Tie
from graph.tie.read import last_calibration, ties_as_of

COVERS = 5


async def chain_rows(
    store: GraphStore, targets: Sequence[Mapping[str, Any]], moment: datetime, viewer: str | None
) -> list[Row]:
    """The rows of several chains; a target is `target(...)`."""
    return await store.read("chain.of", targets=list(targets), as_of=moment.isoformat(), viewer=viewer or "")


def target(customer_id: str, opportunity_id: str | None = None, *, account: bool = False) -> dict[str, Any]:
    """Which chain: of an opportunity, of the largest open one, or (`account`) of the account as a whole."""
    return {"customer_id": customer_id, "opportunity_id": opportunity_id, "account": account}


async def chain(
    store: GraphStore,
    *,
    customer_id: str,
    now: datetime,
    opportunity_id: str | None = None,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> DecisionChain:
    """The chain of the opportunity, else of the largest open one, else of the account.

    `as_of` before `now` reads what was true and known then: ties are recomputed and gaps found anew. Raises
    AsOfAfterNow, or NotFound for an unknown customer or an opportunity that is not the customer's.
    """
    moment = reading_moment(as_of, now)
    rows = await chain_rows(store, [target(customer_id, opportunity_id)], moment, viewer)
    if not rows:
        raise NotFound("Customer", customer_id)
    if opportunity_id is not None and rows[0]["opportunity"] is None:
        raise NotFound("Opportunity", opportunity_id)
    return await _chain_at(store, rows[0], moment, now)


async def chains(
    store: GraphStore,
    *,
    customer_ids: Sequence[str],
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Mapping[str, DecisionChain]:
    """Each customer's chain of its largest open opportunity, else of the account; unknown ids are missing."""
    moment = reading_moment(as_of, now)
    rows = await chain_rows(store, [target(customer_id) for customer_id in customer_ids], moment, viewer)
    return {str(row["customer_id"]): await _chain_at(store, row, moment, now) for row in rows}


async def _chain_at(store: GraphStore, row: Row, moment: datetime, now: datetime) -> DecisionChain:
    """Today's chain as derived, a past one recomputed."""
    chain = assemble(row, moment)
    return chain if moment >= now else await _recomputed(store, row, chain)


async def _recomputed(store: GraphStore, row: Row, chain: DecisionChain) -> DecisionChain:
    calibration = await last_calibration(store)
    people = [member.contact_id for member in chain.members]
    ties = await ties_as_of(store, people, chain.as_of, calibration)
    covered = with_covers(chain, _covers(row, ties))
    return replace(covered, gaps=gaps.find(covered, circumstances(row, chain.as_of, calibration)))


def circumstances(row: Row, moment: datetime, calibration: Calibration) -> gaps.Circumstances:
    """What the gap rules need beside the chain of the same row."""
    deal = row["opportunity"] or {}
    known = [role["valid_from"] for role in row["roles"]]
    began = deal.get("opened_at") or row["customer_since"] or min(known, default=moment)
    companies = {job["customer_id"]: job["company"] for person in row["people"] for job in person["jobs"]}
    return gaps.Circumstances(began, calibration, tuple(_departures(row, moment)), companies)


def _departures(row: Row, moment: datetime) -> Iterable[gaps.Departure]:
    for person in row["people"]:
        left_at = has_left(person, row, moment)
        roles = leading_roles(r for r in row["roles"] if r["contact_id"] == person["contact_id"])
        if left_at is not None and roles:
            role = roles[0]
            now_at = _present_company(person, moment)
            yield gaps.Departure(person["contact_id"], role["role"], left_at, role["influence"], now_at)


def _present_company(person: Row, moment: datetime) -> str | None:
    """Name of the customer of the person's newest job that goes on."""
    jobs = [job for job in person["jobs"] if job["valid_to"] is None or job["valid_to"] > moment]
    newest = max(jobs, key=lambda job: (job["valid_from"], job["customer_id"]), default=None)
    return newest["company"] if newest else None


def _covers(row: Row, ties: Iterable[Tie]) -> dict[str, tuple[Cover, ...]]:
    """Coverage by contact from recomputed ties, strongest first; names as they stand today."""
    employees = {cover["employee_id"]: cover for person in row["people"] for cover in person["covers"]}
    covers: dict[str, list[Cover]] = {}
    for tie in ties:
        if tie.start_kind == "Employee":
            known = employees.get(tie.start_id, {})
            cover = Cover(
                employee_id=tie.start_id,
                name=known.get("name"),
                email=known.get("email"),
                team=known.get("team"),
                role=known.get("role"),
                strength=tie.strength,
                last_contact_at=tie.last_at,
                interactions=tie.interactions,
                evidence=tie.evidence,
                evidence_count=tie.interactions,
            )
            covers.setdefault(tie.end_id, []).append(cover)
    return {
        person: tuple(sorted(of_person, key=lambda cover: -cover.strength)[:COVERS])
        for person, of_person in covers.items()
    }
