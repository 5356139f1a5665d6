"""My day: everything that may be an item, and the ten that are."""

from dataclasses import replace
from datetime import date, datetime

from graph.absence import away, stands_in
from graph.alert.playbook import Language
from graph.day.asking import Asked, worth_of
from graph.day.chance import deal_chances, silence_chances, with_chances
from graph.day.model import MyDay
from graph.day.past import names_then
from graph.day.plans import meeting_candidates, offer_candidates, task_candidates
from graph.day.questions import question_candidates
from graph.day.rank import ranked
from graph.day.span import span
from graph.day.texts import notes
from graph.day.time_left import with_time_left
from graph.day.warnings import (
    against_candidates,
    alert_candidates,
    deal_candidates,
    deal_values,
    open_deals,
    risk_candidates,
    stored_risks,
    told_past_close,
    with_deal_values,
)
from graph.model import Customer
from graph.portfolio import Portfolio, customers_of
from graph.record_version import Names
from graph.service import GraphStore


async def my_day(
    store: GraphStore,
    *,
    employee_id: str,
    now: datetime,
    day: date | None = None,
    time_zone: str = "UTC",
    language: Language = "en",
) -> MyDay:
    """What the employee should look at on a day in their time zone, as they may see it; by default today.

    A past day is read as of its midnight; `notes` say what of it is today's all the same. Raises UsageError
    for an unknown zone, DayNotReached for a day after the company's `now`.
    """
    whole = span(day, time_zone, now)
    mine = Portfolio(employee_id=employee_id)
    customer_ids = await customers_of(store, mine, moment=whole.as_of, viewer=employee_id)
    asked = Asked(employee_id, whole, language, customer_ids)
    asked = replace(asked, worth=await worth_of(store, customer_ids, whole.as_of))
    names = await _names(store, asked)
    deals = await open_deals(store, asked)
    warned = with_deal_values(await alert_candidates(store, asked), deal_values(deals))
    due = deal_candidates(deals, asked, await told_past_close(store, asked))
    of_deals, risks = await deal_chances(store, asked), await stored_risks(store, asked)
    warnings = [
        *warned, *due, *against_candidates(deals, asked, of_deals), *risk_candidates(risks, asked, names)
    ]  # fmt: skip
    candidates = [
        *with_time_left(with_chances(warnings, of_deals, silence_chances(risks)), deals, asked.span.as_of),
        *await meeting_candidates(store, asked),
        *await task_candidates(store, asked),
        *await offer_candidates(store, asked, names),
        *await question_candidates(store, deals, asked),
    ]
    told = notes(language) if whole.past else ()
    gone = await away(store, employee_ids=[employee_id], moment=whole.as_of, viewer=employee_id)
    others = await stands_in(store, employee_id=employee_id, moment=whole.as_of, viewer=employee_id)
    return MyDay(
        employee_id,
        whole.day,
        time_zone,
        whole.as_of,
        ranked(candidates),
        told,
        gone.get(employee_id),
        others,
    )


async def _names(store: GraphStore, asked: Asked) -> Names:
    rows = await store.read("day.names", customer_ids=list(asked.customer_ids))
    today = {row["customer_id"]: row["name"] for row in rows}
    return await names_then(store, Customer, today, asked.span)
