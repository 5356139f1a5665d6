"""Reading a decision chain: today's as derived, a past day's recomputed from what was known then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from graph.decision_chain import gaps
from graph.decision_chain.assemble import assemble, has_left, leading_roles, with_covers
from graph.decision_chain.model import Cover, DecisionChain
from graph.errors import NotFound
from graph.plan import Ask, Plan, Row
from graph.tie import read as tie_read
from graph.tie.model import Calibration, Tie

COVERS = 5


def ask_of(targets: Sequence[Mapping[str, Any]], moment: datetime, viewer: str | None) -> Ask:
    """The rows of several chains; a target is `target(...)`."""
    return Ask("chain.of", {"targets": list(targets), "as_of": moment.isoformat(), "viewer": viewer or ""})


def target(customer_id: str, opportunity_id: str | None = None, *, account: bool = False) -> dict[str, Any]:
    """Which chain: of an opportunity, of the largest open one, or (`account`) of the account as a whole."""
    return {"customer_id": customer_id, "opportunity_id": opportunity_id, "account": account}


def chain(
    *,
    customer_id: str,
    now: datetime,
    opportunity_id: str | None = None,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Plan[DecisionChain]:
    """The chain of the opportunity, else of the largest open one, else of the account.

    `as_of` before `now` reads what was true and known then: ties are recomputed and gaps found anew. Raises
    NotFound for an unknown customer, or an opportunity that is not the customer's.
    """
    moment = min(as_of or now, now)
    rows = yield ask_of([target(customer_id, opportunity_id)], moment, viewer)
    if not rows:
        raise NotFound("Customer", customer_id)
    if opportunity_id is not None and rows[0]["opportunity"] is None:
        raise NotFound("Opportunity", opportunity_id)
    return (yield from _told(rows[0], moment, now))


def chains(
    *, customer_ids: Sequence[str], now: datetime, as_of: datetime | None = None, viewer: str | None = None
) -> Plan[Mapping[str, DecisionChain]]:
    """Each customer's chain of its largest open opportunity, else of the account; unknown ids are missing."""
    moment = min(as_of or now, now)
    rows = yield ask_of([target(customer_id) for customer_id in customer_ids], moment, viewer)
    found = {}
    for row in rows:
        found[str(row["customer_id"])] = yield from _told(row, moment, now)
    return found


def _told(row: Row, moment: datetime, now: datetime) -> Plan[DecisionChain]:
    """Today's chain as derived, a past one recomputed."""
    if moment < now:
        return (yield from _past(row, moment))
    return assemble(row, moment)


def _past(row: Row, moment: datetime) -> Plan[DecisionChain]:
    read = assemble(row, moment)
    calibration = yield from tie_read.calibrated()
    people = [member.contact_id for member in read.members]
    ties = yield from tie_read.at(people, moment, calibration)
    then = with_covers(read, _covers(row, ties))
    return replace(then, gaps=gaps.find(then, circumstances(row, moment, calibration)))


def circumstances(row: Row, moment: datetime, calibration: Calibration) -> gaps.Circumstances:
    """What the gap rules need beside the chain of the same row."""
    deal = row["opportunity"] or {}
    known = [role["valid_from"] for role in row["roles"]]
    began = deal.get("opened_at") or row["customer_since"] or min(known, default=moment)
    return gaps.Circumstances(began, calibration, tuple(_departures(row, moment)))


def _departures(row: Row, moment: datetime) -> Iterable[gaps.Departure]:
    for person in row["people"]:
        left_at = has_left(person, row, moment)
        roles = leading_roles(r for r in row["roles"] if r["contact_id"] == person["contact_id"])
        if left_at is not None and roles:
            role = roles[0]
            yield gaps.Departure(person["contact_id"], role["role"], left_at, role["influence"])


def _covers(row: Row, ties: Iterable[Tie]) -> dict[str, tuple[Cover, ...]]:
    """Coverage by contact from recomputed ties, strongest first; names as they stand today."""
    names = {cover["employee_id"]: cover["name"] for person in row["people"] for cover in person["covers"]}
    found: dict[str, list[Cover]] = {}
    for tie in ties:
        if tie.start_kind == "Employee":
            cover = Cover(
                tie.start_id, names.get(tie.start_id), tie.strength, tie.last_at,
                tie.interactions, tie.evidence, tie.interactions,
            )  # fmt: skip
            found.setdefault(tie.end_id, []).append(cover)
    return {person: tuple(sorted(held, key=lambda c: -c.strength)[:COVERS]) for person, held in found.items()}
