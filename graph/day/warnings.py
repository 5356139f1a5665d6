"""What is wrong with the employee's accounts: alerts, risks of losing one, deals that do not move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from graph.alert.model import STATES, AccountAlert, Selection
from graph.alert.read import Asking, alerts
from graph.day.asking import Asked
from graph.day.chance import YEAR_DAYS, DealChances
from graph.day.model import Candidate, Subject
from graph.day.past import customers_then
from graph.day.rank import urgency, values
from graph.day.texts import reason, steps
from graph.keyset import LARGEST
from graph.model import Opportunity
from graph.portfolio import Portfolio
from graph.record_version import Names, own_values_as_of
from graph.score_view.parse import risk
from graph.service import GraphStore, Row

SEVERITY: Mapping[str, float] = {"critical": 1.0, "warning": 0.6, "info": 0.3}
OF_DECISIONS = frozenset({
    "no_decision_maker", "decision_maker_uncovered", "hostile_uncovered", "no_champion", "single_threaded",
})  # fmt: skip
"""Gaps that endanger a decision: where no deal is open, none is to be taken."""
PASSING = frozenset({"orders_falling", "deal_past_close"})
"""Alerts that read off a day which the records show: whoever looks at the account has seen it, and it fades
as a deal past its date does. The others are about what holds until somebody acts, and do not fade."""
RECORDED = "left"
"""The form of `key_person_left` where a source states the end: it passes, too; a presumed one stays."""
NEWS_DAYS = 30
"""So long a recorded end of a job is news."""
DEAL_SEVERITY, UNPLANNED_SEVERITY = 0.3, 0.5
"""Of one near its close date, and of one without a next step: reminders, and hardly signs of losing it."""
NEAR_DAYS = 14
PLANNED_DAYS = 30
"""A next step that was noted longer ago is no plan any more."""


async def alert_candidates(store: GraphStore, asked: Asked) -> list[Candidate]:
    """The alerts in work of the employee's accounts, the gravest thousand, but for mere upkeep."""
    mine = Selection(Portfolio(employee_id=asked.employee_id))
    asking = Asking(asked.span.now, asked.span.as_of, asked.employee_id, asked.language)
    page = await alerts(store, mine, asking, first=LARGEST)
    return [_alert(one, asked) for one in page.alerts if not _is_upkeep(one, asked.span.as_of)]


def _is_upkeep(one: AccountAlert, at: datetime) -> bool:
    """What is of use and warns of nothing: silence, who left long ago, gaps where nothing is decided."""
    if one.form == RECORDED:
        return one.since + timedelta(days=NEWS_DAYS) < at
    return one.kind == "stale_contact" or (one.kind in OF_DECISIONS and _subject(one).opportunity_id is None)


def _alert(one: AccountAlert, asked: Asked) -> Candidate:
    due = one.since + timedelta(days=one.play.within_days)
    return Candidate(
        kind="alert",
        reason=f"{one.title}: {one.message}",
        what_to_do=one.play.steps,
        due=due,
        subject=_subject(one),
        severity=_severity(one),
        value=asked.value(one.customer_id),
        urgency=_urgency(one, due, asked.span.as_of),
        evidence=one.evidence,
        sign=one.kind,
    )


def _urgency(one: AccountAlert, due: datetime, at: datetime) -> float:
    """Of what stands 1 once it is due; what passes fades."""
    passes = one.kind in PASSING or one.form == RECORDED
    return urgency(due, at) if passes or due > at else 1.0


def _severity(one: AccountAlert) -> float:
    """That of the alert; of a recorded end of a job, which everybody can see, that of information."""
    stated = SEVERITY.get(one.severity, SEVERITY["info"])
    return min(stated, SEVERITY["info"]) if one.form == RECORDED else stated


def _subject(one: AccountAlert) -> Subject:
    deal = (one.subject or "").partition("Opportunity:")[2] or None
    contact = next((item.partition(":")[2] for item in one.evidence if item.startswith("Contact:")), None)
    return Subject(
        customer_id=one.customer_id,
        customer_name=one.customer_name,
        alert_id=one.alert_id,
        opportunity_id=deal,
        contact_id=contact,
    )


async def stored_risks(store: GraphStore, asked: Asked) -> list[Row]:
    """The churn score of each customer that has one, and the orders of each of its last two years."""
    moment = asked.span.as_of
    return await store.read(
        "day.risks",
        customer_ids=list(asked.customer_ids),
        year_ago=(moment - timedelta(days=YEAR_DAYS)).isoformat(),
        before=(moment - timedelta(days=2 * YEAR_DAYS)).isoformat(),
        as_of=moment.isoformat(),
    )


def risk_candidates(risks: Sequence[Row], asked: Asked, names: Names) -> list[Candidate]:
    """The accounts whose churn score is high, with the strongest reason."""
    return [_risk(row, asked, names) for row in risks if row["risk"] is not None]


def _risk(row: Row, asked: Asked, names: Names) -> Candidate:
    score, customer_id = risk(row["risk"]), row["customer_id"]
    strongest = score.reasons[0] if score.reasons else None
    figures = {
        "sure": f"{score.probability:.0%}",
        "days": score.horizon_days,
        "why": strongest.told(asked.language).rstrip(".") if strongest else "–",
    }
    evidence = tuple(f"{one.kind}:{one.id}" for one in strongest.evidence) if strongest else ()
    return Candidate(
        kind="risk",
        reason=reason("risk", asked.language, **figures),
        what_to_do=steps("risk", asked.language),
        due=None,
        subject=Subject(customer_id=customer_id, customer_name=names.get(customer_id)),
        severity=SEVERITY["critical"],
        value=asked.value(customer_id),
        urgency=score.percentile,
        evidence=(f"RiskScore:{score.score_id}", *evidence),
        sign="risk",
    )


async def told_past_close(store: GraphStore, asked: Asked) -> frozenset[str]:
    """Ids of deals with an alert that says that they should have closed, also one that is done or muted."""
    said = Selection(Portfolio(employee_id=asked.employee_id), kinds=("deal_past_close",), states=STATES)
    asking = Asking(asked.span.now, asked.span.as_of, asked.employee_id)
    page = await alerts(store, said, asking, first=LARGEST)
    return frozenset(deal for one in page.alerts if (deal := _subject(one).opportunity_id))


async def open_deals(store: GraphStore, asked: Asked) -> list[Row]:
    """The open deals of the employee's accounts and their own, as they stood at the day."""
    moment = asked.span.as_of
    rows = await store.read(
        "day.deals",
        customer_ids=list(asked.customer_ids),
        employee_id=asked.employee_id,
        as_of=moment.isoformat(),
        recent=(moment - timedelta(days=PLANNED_DAYS)).isoformat(),
        viewer=asked.employee_id,
    )
    if not asked.span.past:
        return rows
    then = await own_values_as_of(store, Opportunity, (row["deal"]["opportunity_id"] for row in rows), moment)
    known = await customers_then(store, rows, asked.span)
    return [row | {"deal": then.of(row["deal"])} for row in known]


def deal_values(deals: Sequence[Row]) -> Mapping[str, float]:
    """Of each deal with an amount ¼…1 by its rank among those of the same currency."""
    known = (row["deal"] for row in deals if row["deal"]["amount"])
    return values({(deal["opportunity_id"], deal["currency"] or ""): deal["amount"] for deal in known})


def deal_candidates(deals: Sequence[Row], asked: Asked, told: frozenset[str]) -> list[Candidate]:
    """Deals near their close date, and those past it but for those `told` by an alert."""
    worth = deal_values(deals)
    near = asked.span.as_of + timedelta(days=NEAR_DAYS)
    return [
        _deal(row, asked, worth)
        for row in deals
        if row["deal"]["expected_at"] is not None
        and row["deal"]["expected_at"] <= near
        and not (row["deal"]["opportunity_id"] in told and row["deal"]["expected_at"] <= asked.span.as_of)
    ]


def _deal(row: Row, asked: Asked, worth: Mapping[str, float]) -> Candidate:
    deal = row["deal"]
    name = _deal_kind(deal["expected_at"], planned=row["planned"], at=asked.span.as_of)
    said: dict[str, Any] = {
        "deal": deal["name"] or deal["opportunity_id"],
        "day": asked.day(deal["expected_at"]),
    }
    return Candidate(
        kind="deal",
        reason=reason(name, asked.language, **said),
        what_to_do=steps(name, asked.language),
        due=deal["expected_at"],
        subject=_of_deal(row),
        severity=DEAL_SEVERITY if name == "deal_near" else UNPLANNED_SEVERITY,
        value=worth.get(deal["opportunity_id"], asked.value(row["customer_id"])),
        urgency=urgency(deal["expected_at"], asked.span.as_of),
        evidence=(f"Opportunity:{deal['opportunity_id']}",),
    )


def against_candidates(deals: Sequence[Row], asked: Asked, found: DealChances) -> list[Candidate]:
    """Open deals of which more is stated against us than for us."""
    worth = deal_values(deals)
    return [
        _against(row, asked, worth, found)
        for row in deals
        if found.leanings.get(row["deal"]["opportunity_id"]) == "against"
    ]


def _against(row: Row, asked: Asked, worth: Mapping[str, float], found: DealChances) -> Candidate:
    deal = row["deal"]
    said = {
        "deal": deal["name"] or deal["opportunity_id"],
        "lost": f"{found.of(deal['opportunity_id']):.0%}",
    }
    return Candidate(
        kind="deal",
        reason=reason("deal_against", asked.language, **said),
        what_to_do=steps("deal_against", asked.language),
        due=None,
        subject=_of_deal(row),
        severity=SEVERITY["critical"],
        value=worth.get(deal["opportunity_id"], asked.value(row["customer_id"])),
        urgency=1.0,
        evidence=(f"Opportunity:{deal['opportunity_id']}",),
        sign="deal_against",
    )


def _of_deal(row: Row) -> Subject:
    return Subject(
        customer_id=row["customer_id"],
        customer_name=row["customer_name"],
        opportunity_id=row["deal"]["opportunity_id"],
    )


def _deal_kind(expected_at: datetime, *, planned: bool, at: datetime) -> str:
    if expected_at <= at:
        return "deal_past"
    return "deal_near" if planned else "deal_unplanned"


def with_deal_values(candidates: Iterable[Candidate], worth: Mapping[str, float]) -> list[Candidate]:
    """Where an alert is about a deal, the deal's value counts if it is the higher one."""
    return [
        replace(one, value=max(one.value, worth.get(one.subject.opportunity_id or "", 0.0)))
        for one in candidates
    ]
