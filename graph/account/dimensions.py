"""The profile of an account in five dimensions: each value with what it rests on and how fresh that is.

As of any day: own values by the source rows of that day, figures reckoned anew over the history up to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import duckdb
import orjson

from cypher import template
from graph.account.payment_causes import Cause, payment_causes
from graph.customer_filter import FIELDS
from graph.customer_profile import group_rows, make_profiles
from graph.customer_profile.table import YEAR_DAYS
from graph.gap import FIELDS as GAPS
from graph.gap import filled, known_in
from graph.moment import in_utc, naive
from graph.profile.model import Company
from graph.profile.read import profile
from graph.service import run_sync
from graph.sql import bind, fill, statement
from graph.sql.run import rows
from graph.store import Store

Dimension = Literal["basic", "behaviour", "preference", "commercial", "relationship"]
_HELD: dict[Dimension, dict[str, str]] = {
    "behaviour": {
        "Order": "days_since_first_order days_since_order orders_total orders_365 orders_90 orders_before_90"
        " orders_before_365 months_365 rhythm_days rhythm_spread days_past_due season_ahead lifecycle"
        " recency frequency returns_365 return_share late_share overdue_deliveries",
        "Ticket": "open_tickets tickets_90 tickets_before_90 tickets_365 ticket_categories ticket_kinds"
        " ticket_priorities ticket_families breached_365 satisfaction resolution_days days_since_ticket"
        " ticket_open_for_days",
        "Interaction": "web_30 page_types campaigns_365 surveys_365",
    },
    "preference": {
        "Order": "families_365 families_new families_dropped family_share products_365",
        "Interaction": "channel channels_365",
        "WORKS_AT": "languages",
        "OFFERED": "offers_accepted_365 offers_dismissed_365",
    },
    "commercial": {
        "Order": "value_365 value_change monetary order_size_change largest_share discount",
        "Opportunity": "open_deals won_deals lost_deals win_rate deal_open_for_days deal_expected_in_days"
        " deals_past_close deal_stages deal_families days_since_won days_since_lost lost_reasons",
        "Lead": "open_leads lead_channels",
        "Quote": "days_since_quote quotes_waiting quotes_lapsed",
        "Invoice": "open_invoices overdue_invoices overdue_for_days next_due_in_days payment_delay"
        " payment_delay_change credit_notes_365",
        "Contract": "contracts contract_for_days renewal_in_days renewal_kinds days_since_contract_end",
    },
    "relationship": {
        "OWNS": "owner team owner_for_days",
        "WORKS_AT": "contacts departments seniorities contacts_new_365 contacts_left_365 bounced_contacts",
        "HAS_ROLE": "roles best_stance worst_stance",
        "Interaction": "silent_days talks_90 talks_before_90 meetings_90 days_since_meeting"
        " days_since_inbound unanswered people_met_365 staff_met_365 reply_share"
        " reply_hours",
        "RELATIONSHIP": "level level_wanted",
        "PARENT_OF": "parents subsidiaries",
        "PARTNER_OF": "partners",
        "REFERRED": "referrals referred_by",
        "Task": "open_tasks overdue_tasks",
    },
}
"""Which figure belongs where, and the kind of record or fact that it rests on."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a value rests on: a source row, or records and facts of a kind, how many, and the newest.

    Of an `inferred` value `source` names the rules, and how often they are right where the field is stated.
    """

    kind: str
    records: int
    newest: datetime | None
    source: str | None = None
    """Of a source row: its source, table and key."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value by its name; the title says in both languages what it is."""

    name: str
    title: str
    title_zh: str
    value: Any
    origin: Origin
    age_days: int | None
    """Days from the newest of its origin to the moment: how fresh it is."""
    causes: tuple[Cause, ...] = ()
    """Why it is what it is, where that can be told: parts that add up to it."""


@dataclass(frozen=True, slots=True)
class DimensionsOfAccount:
    """The five dimensions of a customer as of a moment; what nobody knows is left out."""

    customer_id: str
    name: str
    as_of: datetime
    dimensions: Mapping[Dimension, Sequence[Value]]


def dimensions(
    store: Store, connection: duckdb.DuckDBPyConnection, customer_id: str, now: datetime,
    as_of: datetime | None = None,
) -> DimensionsOfAccount:  # fmt: skip
    """The profile at `as_of` (default `now`), over the views of a history. Raises NotFound, AsOfAfterNow.

    Figures rest on what everybody of us may see.
    """
    stated = run_sync(store, profile, customer_id=customer_id, now=now, as_of=as_of)
    moment, company = stated.as_of, stated.parts["company"]
    make_profiles(connection, moment, group_rows(()))
    query = fill("SELECT * FROM customer_profile WHERE customer_id = {id}", id=bind(customer_id))
    figures = next(iter(rows(connection, query)), {})
    asked = statement("profile.freshness", customer_id=customer_id, now=naive(moment))
    rest = {
        row["kind"]: Origin(row["kind"], row["records"], in_utc(row["newest"]))
        for row in rows(connection, asked)
    }
    found: dict[Dimension, Sequence[Value]] = {"basic": tuple(_basic(store, company, moment))}
    if as_of is None:
        found["basic"] = (*found["basic"], *_inferred(connection, customer_id))
    for dimension, held in _HELD.items():
        found[dimension] = tuple(_figures(held, figures, rest, moment))
    paid = statement("profile.paid", customer_id=customer_id, now=naive(moment), year=YEAR_DAYS)
    causes = payment_causes(list(rows(connection, paid)))
    found["commercial"] = tuple(_with_causes(found["commercial"], causes))
    return DimensionsOfAccount(customer_id, company.name, moment, found)


def _with_causes(values: Sequence[Value], causes: tuple[Cause, ...]) -> Iterator[Value]:
    """The values, the change of the days past due with what made it."""
    for value in values:
        yield replace(value, causes=causes) if value.name == "payment_delay_change" else value


def _basic(store: Store, company: Company, moment: datetime) -> Iterator[Value]:
    """Own values, each with the newest source row that states it so."""
    asked = template("record.origins").render(label="Customer", key="customer_id")
    stated = store.read(asked, id=company.customer_id, as_of=moment.isoformat())
    told = {name: getattr(company, name) for name in company.__slots__ if name != "attributes"}
    told |= {f"attribute.{name}": value for name, value in company.attributes}
    for name, value in told.items():
        if value in (None, (), "") or name == "customer_id":
            continue
        origin = _stating(stated, name.replace("attribute.", "x_"), value)
        field = FIELDS.get(name)
        title, title_zh = (field.title, field.title_zh) if field else (name, name)
        shown = list(value) if isinstance(value, tuple) else value
        yield Value(name, title, title_zh, shown, origin, _age(origin, moment))


def _inferred(connection: duckdb.DuckDBPyConnection, customer_id: str) -> Iterator[Value]:
    """Own values that nobody states and that others tell: today's, by the history."""
    known = known_in(connection)
    for one in (found for name in GAPS for found in filled(known, name) if found.customer_id == customer_id):
        field = FIELDS.get(one.field)
        title, title_zh = (field.title, field.title_zh) if field else (one.field, one.field)
        told = f"{', '.join(one.sources)}: right in {one.confidence:.0%}"
        yield Value(one.field, title, title_zh, one.value, Origin("inferred", 0, None, told), None)


def _stating(stated: Sequence[Mapping[str, Any]], name: str, value: Any) -> Origin:
    rows_ = [
        row for row in stated if name in (values := orjson.loads(row["values"])) and values[name] is not None
    ]
    same = [row for row in rows_ if str(orjson.loads(row["values"])[name]) == str(value)] or rows_
    if not same:
        return Origin("Customer", 0, None)
    newest = max(same, key=lambda row: row["known_from"])
    source = f"{newest['source']} {newest['dataset']} {newest['source_key']}"
    return Origin("SourceRecord", len(same), newest["known_from"], source)


def _figures(
    held: Mapping[str, str], figures: Mapping[str, Any], rest: Mapping[str, Origin], moment: datetime
) -> Iterator[Value]:
    for kind, names in held.items():
        origin = rest.get(kind)
        if origin is None:
            continue
        for name in names.split():
            field = FIELDS[name]
            value = _value(name, figures, moment)
            if value not in (None, [], {}):
                yield Value(name, field.title, field.title_zh, value, origin, _age(origin, moment))


def _value(name: str, figures: Mapping[str, Any], moment: datetime) -> Any:
    field = FIELDS[name]
    if field.kind == "money":
        amounts = figures.get(f"{field.column}_amounts") or ()
        return dict(zip(figures.get(f"{field.column}_currencies") or (), amounts, strict=True))
    value = figures.get(field.column)
    if isinstance(value, datetime) and field.kind == "days_since":
        return (naive(moment) - value).days
    return (value - naive(moment)).days if isinstance(value, datetime) else value


def _age(origin: Origin, moment: datetime) -> int | None:
    return None if origin.newest is None else (moment - origin.newest).days
