"""What profiles should say of a World, worked out with pandas from its rows, not from the history."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from tests.graph.world import NOW, World

Figures = dict[str, dict[str, Any]]
"""By customer, then by column of the profile."""
_SPOKEN_NOT = ("web", "campaign", "survey")


def profile_figures(world: World) -> Figures:
    """The columns of `graph/customer_filter/figure.py`; moments as days before NOW, rounded."""
    keys = [row["id"] for row in world.nodes["Customer"]]
    found: Figures = {key: {} for key in keys}
    for part in (_orders, _deals, _service, _payments, _touches, _people, _relations):
        for key, values in part(world, keys).items():
            found[key] |= values
    return found


def _nodes(world: World, label: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """The rows of a label with days before NOW for moments."""
    rows = [{"id": row["id"], **row["props"]} for row in world.nodes[label]]
    table = pd.DataFrame(rows, columns=["id", *columns])
    for name in columns:
        if name.endswith("_at") or name in {"at", "valid_until"}:
            moments = pd.to_datetime(table[name], format="ISO8601", utc=True)
            table[name] = (pd.Timestamp(NOW) - moments) / pd.Timedelta(days=1)
    return table


def _edges(rows: list[dict[str, Any]], *columns: str) -> pd.DataFrame:
    given = [{"start": row["start"], "end": row["end"], **row["props"]} for row in rows]
    table = pd.DataFrame(given, columns=["start", "end", *columns])
    for name in columns:
        if name in {"valid_from", "valid_to"}:
            moments = pd.to_datetime(table[name], format="ISO8601", utc=True)
            table[name] = (pd.Timestamp(NOW) - moments) / pd.Timedelta(days=1)
    return table


def _of_customers(world: World, label: str, columns: tuple[str, ...]) -> pd.DataFrame:
    ends = _edges(world.parts["FOR", label, "Customer"]).rename(columns={"start": "id", "end": "customer"})
    return _nodes(world, label, columns).merge(ends, on="id")


def _each(table: pd.DataFrame, keys: list[str], one: Callable[[pd.DataFrame], dict[str, Any]]) -> Figures:
    return {key: one(table[table["customer"] == key]) for key in keys}


def _words(values: pd.Series) -> list[str]:
    return sorted(set(values.dropna()))


def _least(values: pd.Series) -> float | None:
    return None if values.dropna().empty else float(values.min())


def _most(values: pd.Series) -> float | None:
    return None if values.dropna().empty else float(values.max())


def _mean(values: pd.Series) -> float | None:
    return None if values.dropna().empty else float(values.mean())


def _orders(world: World, keys: list[str]) -> Figures:
    placed = _edges(world.parts["PLACED", "Customer", "Order"]).rename(
        columns={"start": "customer", "end": "id"}
    )
    orders = _nodes(
        world, "Order", ("ordered_at", "kind", "amount", "currency", "promised_at", "delivered_at")
    )
    orders = orders.merge(placed, on="id")
    products = _nodes(world, "Product", ("family", "list_price", "currency")).rename(
        columns={"currency": "priced"}
    )
    lines = _edges(world.parts["CONTAINS", "Order", "Product"], "quantity", "amount")
    lines = lines.merge(products, left_on="end", right_on="id")
    return {key: _habits(orders[orders["customer"] == key], lines) for key in keys}


def _habits(orders: pd.DataFrame, lines: pd.DataFrame) -> dict[str, Any]:
    sales, back = orders[orders["kind"] == "sale"], orders[orders["kind"] == "return"]
    age = sales["ordered_at"]
    recent, before = sales[age < 365], sales[(age >= 365) & (age < 730)]
    two = int((age < 730).sum())
    season = int((((age > 275) & (age <= 365)) | ((age > 640) & (age < 730))).sum())
    months = {
        (pd.Timestamp(NOW) - pd.Timedelta(days=days)).strftime("%Y-%m") for days in recent["ordered_at"]
    }
    found = {
        "orders_total": len(sales), "orders_90": int((age < 90).sum()),
        "orders_before_90": int(((age >= 90) & (age < 180)).sum()), "orders_before_365": len(before),
        "months_365": len(months), "returns_365": int((back["ordered_at"] < 365).sum()),
        "season_ahead": 100 * season / two if two >= 4 else None,
    }  # fmt: skip
    return (
        found | _spread(sales) | _amounts(orders, recent, before, back) | _range(sales, lines, orders)
        | _deliveries(recent)
    )  # fmt: skip


def _spread(sales: pd.DataFrame) -> dict[str, Any]:
    days = sorted({(pd.Timestamp(NOW) - pd.Timedelta(days=one)).floor("D") for one in sales["ordered_at"]})
    gaps = pd.Series(days).diff().dropna().dt.days if days else pd.Series(dtype=float)
    return {"rhythm_spread": 100 * gaps.std(ddof=0) / gaps.mean() if len(gaps) >= 4 else None}


def _main_currency(orders: pd.DataFrame) -> str | None:
    """That of most orders; of equal counts that of the larger faded value."""
    if orders.empty:
        return None
    newest = orders["ordered_at"].min()
    faded = orders["amount"] * 0.5 ** ((orders["ordered_at"] - newest) / 365)
    ranked = pd.DataFrame({"currency": orders["currency"], "faded": faded}).groupby("currency")["faded"]
    rank = ranked.agg(["size", "sum"]).sort_values(["size", "sum"], ascending=False)
    return str(rank.index[0])


def _amounts(
    orders: pd.DataFrame, recent: pd.DataFrame, before: pd.DataFrame, back: pd.DataFrame
) -> dict[str, Any]:
    main = _main_currency(orders)
    now, then = recent[recent["currency"] == main]["amount"], before[before["currency"] == main]["amount"]
    returned = -back[(back["currency"] == main) & (back["ordered_at"] < 365)]["amount"].sum()
    sold = now.sum()
    change = 100 * (now.mean() - then.mean()) / then.mean() if len(now) and len(then) else None
    return {
        "return_share": 100 * returned / sold if sold > 0 else None, "order_size_change": change,
        "largest_share": 100 * now.max() / sold if sold > 0 else None,
    }  # fmt: skip


def _range(sales: pd.DataFrame, lines: pd.DataFrame, orders: pd.DataFrame) -> dict[str, Any]:
    own = lines.merge(sales, left_on="start", right_on="id", suffixes=("", "_order"))
    recent = own[own["ordered_at"] < 365]
    year, earlier = set(recent["family"]), own[own["ordered_at"] >= 365]
    lately = set(earlier[earlier["ordered_at"] < 730]["family"])
    old = sales["ordered_at"].max() >= 365 if len(sales) else False
    main = recent[recent["currency"] == _main_currency(orders)]
    by_family = main.groupby("family")["amount"].sum()
    priced = recent[recent["list_price"].notna() & (recent["priced"] == recent["currency"])]
    listed = (priced["list_price"] * priced["quantity"]).sum()
    return {
        "families_dropped": sorted(lately - year),
        "families_new": sorted(year - set(earlier["family"])) if old else [],
        "family_share": 100 * by_family.max() / by_family.sum() if len(by_family) else None,
        "products_365": recent["end"].nunique(),
        "discount": 100 * (1 - priced["amount"].sum() / listed) if listed > 0 else None,
    }


def _deliveries(recent: pd.DataFrame) -> dict[str, Any]:
    agreed = recent[recent["promised_at"].notna()]
    done = agreed[agreed["delivered_at"] >= 0]
    late = done["delivered_at"] < done["promised_at"]
    waiting = agreed[(agreed["promised_at"] > 0) & ~(agreed["delivered_at"] >= 0)]
    share = 100 * late.mean() if len(done) else None
    return {"late_share": share, "overdue_deliveries": len(waiting)}


def _deals(world: World, keys: list[str]) -> Figures:
    columns = ("opened_at", "expected_at", "closed_at", "outcome", "stage", "lost_reason")
    deals = _of_customers(world, "Opportunity", columns)
    families = {row["id"]: row["props"]["family"] for row in world.nodes["Product"]}
    about: dict[str, set[str]] = {}
    for row in world.parts["ABOUT", "Opportunity", "Product"]:
        about.setdefault(row["start"], set()).add(families[row["end"]])
    leads = _of_customers(world, "Lead", ("opened_at", "closed_at", "channel"))
    quotes = _of_customers(world, "Quote", ("quoted_at", "valid_until"))
    ordered = {row["end"] for row in world.parts["ABOUT", "Order", "Quote"]}
    quotes["open"] = ~quotes["id"].isin(ordered) & (quotes["quoted_at"] < 365)

    def one(own: pd.DataFrame) -> dict[str, Any]:
        still, closed = own[own["closed_at"].isna()], own[own["closed_at"] < 730]
        return {
            "open_deals": len(still), "won_deals": int((closed["outcome"] == "won").sum()),
            "lost_deals": int((closed["outcome"] == "lost").sum()),
            "deal_opened_at": _most(still["opened_at"]),
            "deal_expected_at": _most(still["expected_at"][still["expected_at"] <= 0]),
            "deals_past_close": int((still["expected_at"] > 0).sum()), "deal_stages": _words(still["stage"]),
            "deal_families": sorted({family for deal in still["id"] for family in about.get(deal, ())}),
            "won_at": _least(own["closed_at"][own["outcome"] == "won"]),
            "lost_at": _least(own["closed_at"][own["outcome"] == "lost"]),
            "lost_reasons": _words(closed["lost_reason"]),
            "win_rate": 100 * float((closed["outcome"] == "won").mean()) if len(closed) else None,
        }  # fmt: skip

    def lead(own: pd.DataFrame) -> dict[str, Any]:
        lately = own[own["opened_at"] < 365]
        return {"open_leads": int(own["closed_at"].isna().sum()), "lead_channels": _words(lately["channel"])}

    def quote(own: pd.DataFrame) -> dict[str, Any]:
        waits = own[own["open"]]
        lapsed = int((waits["valid_until"] > 0).sum())
        return {
            "quoted_at": _least(own["quoted_at"]),
            "quotes_waiting": len(waits) - lapsed,
            "quotes_lapsed": lapsed,
        }

    parts = (_each(deals, keys, one), _each(leads, keys, lead), _each(quotes, keys, quote))
    return {key: parts[0][key] | parts[1][key] | parts[2][key] for key in keys}


def _service(world: World, keys: list[str]) -> Figures:
    columns = ("opened_at", "closed_at", "category", "kind", "priority", "sla_breached", "satisfaction")
    tickets = _of_customers(world, "Ticket", columns)
    families = {row["id"]: row["props"]["family"] for row in world.nodes["Product"]}
    about = {row["start"]: families[row["end"]] for row in world.parts["ABOUT", "Ticket", "Product"]}

    def one(own: pd.DataFrame) -> dict[str, Any]:
        year, still = own[own["opened_at"] < 365], own[own["closed_at"].isna()]
        done, age = year[year["closed_at"].notna()], own["opened_at"]
        took = (own["opened_at"] - own["closed_at"])[own["closed_at"] < 365]
        return {
            "tickets_365": len(year), "open_tickets": len(still), "tickets_90": int((age < 90).sum()),
            "tickets_before_90": int(((age >= 90) & (age < 180)).sum()),
            "ticket_categories": _words(year["category"]), "ticket_kinds": _words(year["kind"]),
            "ticket_priorities": _words(still["priority"]),
            "breached_365": int(year["sla_breached"].eq(True).sum()),
            "satisfaction": _mean(done["satisfaction"]), "ticket_at": _least(age),
            "resolution_days": None if took.empty else float(took.median()),
            "ticket_open_since": _most(still["opened_at"]),
            "ticket_families": sorted({about[ticket] for ticket in year["id"] if ticket in about}),
        }  # fmt: skip

    return _each(tickets, keys, one)


def _payments(world: World, keys: list[str]) -> Figures:
    invoices = _of_customers(world, "Invoice", ("issued_at", "due_at", "paid_at", "kind", "amount"))
    given = {row["id"]: row["props"]["amount"] for row in world.nodes["Payment"]}
    paid = {row["end"]: given[row["start"]] for row in world.parts["ABOUT", "Payment", "Invoice"]}
    invoices["owed"] = invoices["amount"] - invoices["id"].map(paid).fillna(0.0)
    contracts = _of_customers(world, "Contract", ("starts_at", "ends_at", "renewal"))
    tasks = _of_customers(world, "Task", ("due_at", "done_at", "status"))

    def one(own: pd.DataFrame) -> dict[str, Any]:
        late, age = own["due_at"] - own["paid_at"], own["paid_at"]
        now, then = _mean(late[age < 365]), _mean(late[(age >= 365) & (age < 730)])
        bills = own[own["kind"] == "invoice"]
        unpaid = bills[bills["paid_at"].isna() & (bills["owed"] > 0)]
        notes = own[own["kind"] == "credit_note"]
        return {
            "payment_delay": now,
            "payment_delay_change": None if now is None or then is None else now - then,
            "open_invoices": len(unpaid), "overdue_invoices": int((unpaid["due_at"] > 0).sum()),
            "overdue_since": _most(unpaid["due_at"][unpaid["due_at"] > 0]),
            "next_due_at": _most(unpaid["due_at"][unpaid["due_at"] <= 0]),
            "credit_notes_365": int((notes["issued_at"] < 365).sum()),
        }  # fmt: skip

    def agreed(own: pd.DataFrame) -> dict[str, Any]:
        runs = own[(own["starts_at"] >= 0) & (own["ends_at"] < 0)]
        return {
            "contracts": len(runs), "contract_since": _most(runs["starts_at"]),
            "contract_ended_at": _least(own["ends_at"][own["ends_at"] >= 0]),
            "renewal_at": _most(own["ends_at"][own["ends_at"] <= 0]),
            "renewal_kinds": _words(runs["renewal"]),
        }  # fmt: skip

    def task(own: pd.DataFrame) -> dict[str, Any]:
        still = own[own["done_at"].isna() & (own["status"] != "Done")]
        return {"open_tasks": len(still), "overdue_tasks": int((still["due_at"] > 0).sum())}

    parts = (_each(invoices, keys, one), _each(contracts, keys, agreed), _each(tasks, keys, task))
    return {key: parts[0][key] | parts[1][key] | parts[2][key] for key in keys}


def _touches(world: World, keys: list[str]) -> Figures:
    talks = _of_customers(world, "Interaction", ("at", "channel", "direction", "page_type"))
    jobs = _edges(world.facts["WORKS_AT", "Contact", "Customer"], "valid_from", "valid_to")
    part = _edges(world.parts["PARTICIPATED_IN", "Contact", "Interaction"])
    ours = _edges(world.parts["PARTICIPATED_IN", "Employee", "Interaction"])

    def one(own: pd.DataFrame) -> dict[str, Any]:
        spoken = own[~own["channel"].isin(_SPOKEN_NOT)]
        theirs = spoken[spoken["direction"] == "inbound"]["at"]
        mine = spoken[(spoken["direction"] != "inbound") & ~spoken["channel"].isin(["meeting", "visit"])][
            "at"
        ]
        heard = _least(theirs)
        year = spoken[spoken["at"] < 365]
        people = part[part["end"].isin(year["id"])].merge(jobs, on="start", suffixes=("", "_job"))
        people = people.merge(year[["id", "at"]], left_on="end", right_on="id")
        there = people[(people["at"] <= people["valid_from"])
                       & ~(people["at"] <= people["valid_to"])]  # fmt: skip
        web, age = own[own["channel"] == "web"], spoken["at"]
        sent = mine[(spoken["channel"] != "call") & (mine >= 7) & (mine < 365)]
        waits = [min((at - then for then in theirs if then < at), default=1e9) for at in sent]
        answered = pd.Series([wait for wait in waits if wait <= 7], dtype=float)
        known = len(waits) >= 5
        return {
            "talks_90": int((age < 90).sum()), "talks_before_90": int(((age >= 90) & (age < 180)).sum()),
            "meetings_90": int((spoken[spoken["channel"].isin(["meeting", "visit"])]["at"] < 90).sum()),
            "met_at": _least(spoken[spoken["channel"].isin(["meeting", "visit"])]["at"]), "inbound_at": heard,
            "unanswered": int(((mine < 90) & (mine < (1e9 if heard is None else heard))).sum()),
            "web_30": int((web["at"] < 30).sum()), "page_types": _words(own[own["at"] < 90]["page_type"]),
            "campaigns_365": int(((own["channel"] == "campaign") & (own["at"] < 365)).sum()),
            "surveys_365": int(((own["channel"] == "survey") & (own["at"] < 365)).sum()),
            "channels_365": _words(own[own["at"] < 365]["channel"]),
            "people_met_365": there["start"].nunique(),
            "staff_met_365": ours[ours["end"].isin(year["id"])]["start"].nunique(),
            "reply_share": 100 * len(answered) / len(waits) if known else None,
            "reply_hours": float(answered.median() * 24) if known and len(answered) else None,
        }  # fmt: skip

    return _each(talks, keys, one)


def _people(world: World, keys: list[str]) -> Figures:
    jobs = _edges(
        world.facts["WORKS_AT", "Contact", "Customer"], "department", "seniority", "valid_from", "valid_to"
    ).merge(_nodes(world, "Contact", ("language", "email_bounced")), left_on="start", right_on="id")
    roles = _edges(world.facts["HAS_ROLE", "Contact", "Customer"], "role", "stance")
    owners = _edges(world.facts["OWNS", "Employee", "Customer"], "valid_from", "valid_to")
    found = {}
    for key in keys:
        own, stated = jobs[jobs["end"] == key], roles[roles["end"] == key]
        now = own[own["valid_to"].isna()]
        held = owners[(owners["end"] == key) & owners["valid_to"].isna()]
        found[key] = {
            "contacts": now["start"].nunique(), "departments": _words(now["department"]),
            "seniorities": _words(now["seniority"]), "languages": _words(now["language"]),
            "contacts_new_365": int((now["valid_from"] < 365).sum()),
            "contacts_left_365": int((own["valid_to"] < 365).sum()),
            "bounced_contacts": int(now["email_bounced"].eq(True).sum()),
            "roles": _words(stated["role"]), "worst_stance": _least(stated["stance"]),
            "best_stance": _most(stated["stance"]), "owner_since": _least(held["valid_from"]),
        }  # fmt: skip
    return found


def _relations(world: World, keys: list[str]) -> Figures:
    links = {
        kind: _edges(world.facts[kind, "Customer", "Customer"])
        for kind in ("PARENT_OF", "PARTNER_OF", "REFERRED")
    }
    levels = _edges(world.facts["RELATIONSHIP", "Employee", "Customer"], "current", "wanted")
    offers = _edges(world.facts["OFFERED", "Customer", "Product"], "outcome")
    found = {}
    for key in keys:
        out = {kind: set(table[table["start"] == key]["end"]) for kind, table in links.items()}
        into = {kind: set(table[table["end"] == key]["start"]) for kind, table in links.items()}
        stated, offered = levels[levels["end"] == key], offers[offers["start"] == key]
        found[key] = {
            "subsidiaries": len(out["PARENT_OF"]), "parents": len(into["PARENT_OF"]),
            "partners": len(out["PARTNER_OF"] | into["PARTNER_OF"]), "referrals": len(out["REFERRED"]),
            "referred_by": len(into["REFERRED"]),
            "level": None if stated.empty else stated["current"].iloc[0],
            "level_wanted": None if stated.empty else stated["wanted"].iloc[0],
            "offers_accepted_365": int((offered["outcome"] == "accepted").sum()),
            "offers_dismissed_365": int((offered["outcome"] == "dismissed").sum()),
        }  # fmt: skip
    return found
