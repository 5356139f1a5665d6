"""From the rows of `chain.of` to a chain: which role counts, who still works there, which links stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from graph.decision_chain.model import Cover, DecisionChain, Gap, Link, Member
from graph.departure import Rows, of_past, presumed
from graph.job import last_end
from graph.reporting_line.lines import HOPS, Line
from graph.title import job_values

Row = Mapping[str, Any]
BASIS_RANK = {"asserted": 0, "observed": 1, "inferred": 2}
NEWER = frozenset({"approver", "procurement"})
"""Roles that came later; of two equally founded ones an older leads, as it did before."""
SCOPE_RANK = {"opportunity": 0, "customer": 1}
_START = datetime.min.replace(tzinfo=UTC)


def assemble(row: Row, moment: datetime) -> DecisionChain:
    """The chain of one row, with the gaps that derive left in the graph."""
    deal = row["opportunity"] or {}
    present = {person["contact_id"]: person for person in row["people"] if not has_left(person, row, moment)}
    roles = _roles_by_person(row["roles"])
    powers = _powers(row["roles"])
    return DecisionChain(
        customer_id=row["customer_id"],
        opportunity_id=deal.get("opportunity_id"),
        opportunity_name=deal.get("name"),
        stage=deal.get("stage"),
        amount=deal.get("amount"),
        currency=deal.get("currency"),
        as_of=moment,
        members=_ordered(
            _member(person, roles.get(key, []), powers.get(key), row["customer_id"], moment)
            for key, person in present.items()
        ),
        links=tuple(_links(present)),
        gaps=tuple(
            sorted((_gap(alert) for alert in row["alerts"]), key=lambda gap: (gap.since, gap.alert_id))
        ),
    )


def has_left(person: Row, row: Row, moment: datetime) -> datetime | None:
    """When the person's last job at the customer ended; None for who works there or never did."""
    here = [job["valid_to"] for job in person["jobs"] if job["customer_id"] == row["customer_id"]]
    return last_end(here, moment)


def leading_roles(roles: Iterable[Row]) -> list[Row]:
    """The roles that count for one person: the best-founded of the most specific scope, newest first.

    A role on the opportunity beats one for the account; asserted beats observed beats inferred.
    """
    ranked = sorted(roles, key=_rank)
    return [role for role in ranked if _rank(role)[:2] == _rank(ranked[0])[:2]]


def _rank(role: Row) -> tuple[int, int, float, bool, str]:
    known, name = role["known_from"] or role["valid_from"], role["role"]
    return SCOPE_RANK[role["scope"]], BASIS_RANK[role["basis"]], -known.timestamp(), name in NEWER, name


def _roles_by_person(roles: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for role in roles:
        found[role["contact_id"]].append(role)
    return {person: leading_roles(of_person) for person, of_person in found.items()}


def _powers(roles: Iterable[Row]) -> dict[str, float]:
    """Decision power by person, which a derive leaves on the role that it infers for the account."""
    known = ((role["contact_id"], role.get("decision_power")) for role in roles)
    return {person: power for person, power in known if power is not None}


def _member(person: Row, roles: list[Row], power: float | None, customer_id: str, moment: datetime) -> Member:
    job = job_values(_job(person, customer_id, moment))
    leading = roles[0] if roles else {}
    return Member(
        contact_id=person["contact_id"],
        name=person["name"],
        email=person["email"],
        phone=person["phone"],
        mobile=person["mobile"],
        title=job.title,
        department=job.department,
        seniority=job.seniority,
        role=leading.get("role"),
        other_roles=tuple(dict.fromkeys(role["role"] for role in roles if role["role"] != leading["role"])),
        scope=leading.get("scope"),
        stance=leading.get("stance"),
        influence=leading.get("influence"),
        decision_power=power,
        basis=leading.get("basis"),
        confidence=leading.get("confidence"),
        method=leading.get("method"),
        source=leading.get("source"),
        since=leading.get("valid_from"),
        evidence=tuple(leading.get("evidence") or ()),
        evidence_count=leading.get("evidence_count") or 0,
        departure=presumed(person["departures"]),
        covered_by=tuple(_cover(cover) for cover in person["covers"]),
    )


def _job(person: Row, customer_id: str, moment: datetime) -> Row:
    """The newest job that goes on, at this customer if there is one."""

    def place(job: Row) -> tuple[bool, bool, datetime, str]:
        goes_on = job["valid_to"] is None or job["valid_to"] > moment
        return job["customer_id"] == customer_id, goes_on, job["valid_from"], job["title"] or ""

    return max(person["jobs"], key=place, default={})


def _cover(row: Row) -> Cover:
    return Cover(
        employee_id=row["employee_id"],
        name=row["name"],
        email=row["email"],
        team=row["team"],
        role=row["role"],
        strength=row["strength"],
        last_contact_at=row["last_at"],
        interactions=row["interactions"],
        evidence=tuple(row["evidence"] or ()),
        evidence_count=row["evidence_count"] or 0,
    )


def _ordered(members: Iterable[Member]) -> tuple[Member, ...]:
    """Decision makers first, then other roles, then none; the most influential first.

    Of decision makers one for the opportunity stands before one for the account, a stated before an inferred.
    """
    return tuple(sorted(members, key=_place))


def _place(member: Member) -> tuple[int, int, int, float, str]:
    influence = -(member.influence or 0.0)
    if member.role != "decision_maker":
        return int(member.role is None) + 1, 0, 0, influence, member.contact_id
    scope = SCOPE_RANK.get(member.scope or "", len(SCOPE_RANK))
    basis = BASIS_RANK.get(member.basis or "", len(BASIS_RANK))
    return 0, scope, basis, influence, member.contact_id


def _links(people: Mapping[str, Row]) -> Iterable[Link]:
    for from_id in sorted(people):
        links = people[from_id]["links"]
        stated = any(link["kind"] == "REPORTS_TO" and link["basis"] != "inferred" for link in links)
        for link in sorted(links, key=lambda link: (link["kind"], link["to_id"])):
            guessed = link["kind"] == "REPORTS_TO" and link["basis"] == "inferred"
            if link["to_id"] in people and not (guessed and stated):
                yield _link(from_id, link)


def _link(from_id: str, row: Row) -> Link:
    return Link(
        from_id=from_id,
        to_id=row["to_id"],
        kind=row["kind"],
        basis=row["basis"],
        confidence=row["confidence"],
        strength=row["strength"],
        evidence=tuple(row["evidence"] or ()),
        evidence_count=row["evidence_count"] or 0,
    )


def _gap(alert: Row) -> Gap:
    evidence = tuple(alert["evidence"] or ())
    return Gap(
        kind=alert["kind"],
        severity=alert["severity"],
        message=alert["message"],
        since=alert["valid_from"],
        contact_id=named_contact(evidence) if alert["kind"] in PERSONAL else None,
        evidence=evidence,
        alert_id=alert["alert_id"],
        figures=alert["figures"],
    )


def named_contact(evidence: Iterable[str]) -> str | None:
    """The contact id that the evidence names first."""
    return next((item.partition(":")[2] for item in evidence if item.startswith("Contact:")), None)


PERSONAL = frozenset({"hostile_uncovered", "stale_contact", "key_person_left"})
"""Gaps about one person, whom the first evidence names."""


def with_lines(row: Row, lines: Iterable[Line]) -> dict[str, Any]:
    """The row of a chain with these inferred lines among its links, and only people whom links lead to."""
    links = {person["contact_id"]: list(person["links"]) for person in row["people"]}
    for line in lines:
        if line.person.contact_id in links:
            links[line.person.contact_id].append(_inferred(line))
    kept = _reached({role["contact_id"] for role in row["roles"]}, links)
    people = [
        {**person, "links": [link for link in links[person["contact_id"]] if link["to_id"] in kept]}
        for person in row["people"]
        if person["contact_id"] in kept
    ]
    return {**row, "people": people}


def with_departures(row: Row, departures: Mapping[tuple[str, str], Rows]) -> dict[str, Any]:
    """The row of a chain with the departures of a past day, by contact and customer."""
    customer_id = row["customer_id"]
    people = [
        {
            **person,
            "departures": of_past(
                person["departures"], departures.get((person["contact_id"], customer_id), ())
            ),
        }
        for person in row["people"]
    ]
    return {**row, "people": people}


def _reached(holders: set[str], links: Mapping[str, Iterable[Row]]) -> set[str]:
    """The holders of roles and their superiors."""
    reached, newest = set(holders), set(holders)
    for _ in range(HOPS):
        above = (link for person in newest for link in links.get(person, ()))
        newest = {str(link["to_id"]) for link in above if link["kind"] == "REPORTS_TO"} - reached
        reached |= newest
    return reached


def _inferred(line: Line) -> Row:
    return {
        "kind": "REPORTS_TO",
        "to_id": line.superior.contact_id,
        "basis": "inferred",
        "confidence": line.confidence,
        "strength": None,
        "evidence": list(line.evidence),
        "evidence_count": line.evidence_count,
    }


def with_covers(chain: DecisionChain, covers: Mapping[str, tuple[Cover, ...]]) -> DecisionChain:
    """The chain with other coverage, by contact id (recomputed as of a past day)."""
    members = (replace(member, covered_by=covers.get(member.contact_id, ())) for member in chain.members)
    return replace(chain, members=tuple(members))
