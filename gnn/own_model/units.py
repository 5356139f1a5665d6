"""The unit of every feature, as a formula over what is counted."""

from collections.abc import Iterable

from gnn.cross_sell.scorers import SCORERS

SCORED = "what the scorer says of the product, relative to the customer's other products"
DAYS, COUNT = "ln(1 + days)", "ln(1 + number)"
UNITS = {
    "recency": f"{DAYS} since the last order",
    "frequency": f"{COUNT} of orders",
    "monetary": "ln(1 + money) of orders, in the currency that most orders have",
    "tenure": f"{DAYS} since the first order",
    "gap": f"{DAYS} between order days, mean",
    "overdue": "ln((days since the last order + 1) / (mean gap + 1)), within -4 and 4",
    "expected": "ln(1 + horizon / (mean gap + 1))",
    "season": f"{COUNT} of orders in the horizon a year ago",
    "order_days": f"{COUNT} of days with an order",
    "orders_recent": f"{COUNT} of orders in the last horizon",
    "orders_before": f"{COUNT} of orders in the horizon before the last",
    "orders_year": f"{COUNT} of orders in 365 days",
    "order_trend": "ln ratio of orders, last horizon to the one before",
    "order_decline": "ln ratio of orders, last two horizons to the two before",
    "spend_trend": "ln ratio of money, last horizon to the one before",
    "breadth": f"{COUNT} of products bought",
    "breadth_recent": f"{COUNT} of products bought in the last horizon",
    "order_value": "ln(1 + money) of an order, mean",
    "returns": "share of returns among orders and returns, 0 to 1",
    "contacts": f"{COUNT} of contacts at work there",
    "contacts_left": f"{COUNT} of contacts that left",
    "contacts_left_recent": "number of contacts that left in 182 days",
    "key_left_recent": "number of key contacts that left in 182 days",
    "champion_left_recent": "number of champions that left in 182 days",
    "champion_left": "number of champions that left",
    "champions": f"{COUNT} of champions at work there",
    "seniors": f"{COUNT} of owners, executives, vice presidents and directors",
    "threads": f"{COUNT} of contacts that talked with us in 182 days",
    "single_thread": "1 where exactly one contact talked with us in 182 days",
    "no_thread": "1 where there are contacts and none talked with us in 182 days",
    "talk_recency": f"{DAYS} since the last conversation",
    "talks_recent": f"{COUNT} of conversations in 90 days",
    "talks_before": f"{COUNT} of conversations in the 90 days before",
    "talk_trend": "ln ratio of conversations, last 90 days to the 90 before",
    "inbound_recent": f"{COUNT} of conversations that they began in 90 days",
    "inbound_trend": "ln ratio of conversations that they began, last 90 days to the 90 before",
    "top_thread_share": "share of the contact that talked most, 0 to 1",
    "tickets_recent": f"{COUNT} of tickets in 90 days",
    "tickets_year": f"{COUNT} of tickets in 365 days",
    "ticket_trend": "ln ratio of tickets, last 90 days to the 90 before",
    "tickets_open": f"{COUNT} of open tickets of 365 days",
    "tickets_urgent": f"{COUNT} of urgent tickets in 180 days",
    "tickets_late": f"{COUNT} of tickets in 180 days that broke their deadline",
    "dissatisfaction": "mean rating of all less that of the customer, in points of the rating",
    "ticket_pain": "ln(1 + tickets, urgent and late ones more, each half as much after 60 days)",
    "deals_open": f"{COUNT} of open opportunities of 365 days",
    "deals_won": f"{COUNT} of opportunities won in 365 days",
    "deals_lost": f"{COUNT} of opportunities lost in 365 days",
    "invoices_open": f"{COUNT} of unpaid invoices",
    "invoices_overdue": f"{COUNT} of unpaid invoices that are due",
    "overdue_share": "share of the unpaid amount that is overdue, 0 to 1",
    "days_late": f"{DAYS} from due to paid or today, mean of the last five invoices due or paid",
    "days_late_trend": "ln ratio of days late, the last five invoices to those before",
    "employees": "ln(1 + employees of the company)",
    "revenue": "ln(1 + yearly revenue)",
    "org_degree": f"{COUNT} of linked companies",
    "org_silent": "share of linked companies without an order in the last horizon",
    **dict.fromkeys(
        SCORERS, "what the scorer says of the product, relative to the customer's other products"
    ),
    "place": "ln(1 + place) by ease_text_trend, from 0",
    "industry_silent": "share of the industry's other customers without an order in the last horizon",
    "region_silent": "share of the region's other customers without an order in the last horizon",
    "country_silent": "share of the country's other customers without an order in the last horizon",
}


def unit_of(name: str) -> str | None:
    """The unit of a feature; None where nothing is said of it."""
    if name.startswith("industry="):
        return "1 where that is the customer's industry"
    if name not in UNITS and name.startswith("org_"):
        own = unit_of(name.removeprefix("org_"))
        return None if own is None else f"mean over linked companies of: {own}"
    return UNITS.get(name)


def units_of(names: Iterable[str]) -> dict[str, str]:
    """The units of the features among the names."""
    return {name: unit for name in names if (unit := unit_of(name)) is not None}
