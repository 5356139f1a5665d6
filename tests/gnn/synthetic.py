"""Small purchase logs with a known shape, built without a graph."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gnn.snapshot import Log, log_of

START = pd.Timestamp("2024-01-01")


def company(customers: int = 80, days: int = 500, seed: int = 0) -> Log:
    """Two tastes of customers over 30 products; a third of them slow down and stop half-way."""
    draw = np.random.default_rng(seed)
    orders: list[tuple[str, str, str, float, pd.Timestamp]] = []
    lines: list[tuple[str, str, int, float, float]] = []
    for customer in range(customers):
        taste, quits = customer % 2, draw.random() < 0.35
        end = draw.integers(days // 2, days) if quits else days
        at = float(draw.integers(0, 60))
        while at < end:
            order = f"O{len(orders):05d}"
            orders.append((order, f"C{customer:03d}", "sale", 100.0, START + pd.Timedelta(days=at)))
            for product in draw.choice(15, size=3, replace=False):
                lines.append((order, f"P{15 * taste + product:02d}", len(lines), 1.0, 33.0))
            at += draw.exponential(40 if customer % 3 else 25)
    return log_of(tables(orders, lines, customers))


def tables(
    orders: list[tuple[str, str, str, float, pd.Timestamp]],
    lines: list[tuple[str, str, int, float, float]],
    customers: int,
) -> Mapping[str, pd.DataFrame]:
    """Frames of a company with nothing but customers, orders and products."""
    ids = [f"C{customer:03d}" for customer in range(customers)]
    order_frame = pd.DataFrame(orders, columns=["order_id", "customer_id", "kind", "amount", "at"])
    line_frame = pd.DataFrame(lines, columns=["order_id", "product_id", "line", "quantity", "amount"])
    return {
        "customers": pd.DataFrame({"customer_id": ids}),
        "orders": order_frame.assign(rate=1.0),
        "lines": line_frame,
        "products": line_frame[["product_id"]].drop_duplicates(),
    }


def full(seed: int = 0) -> Log:
    """`company` with industries, contacts, links, tickets, opportunities, mails and invoices."""
    base, draw = company(seed=seed), np.random.default_rng(seed)
    ids = base["customers"]["customer_id"].to_numpy()
    contacts = [f"{customer}-{number}" for customer in ids for number in range(3)]
    owner = np.repeat(ids, 3)
    moments = START + pd.to_timedelta(draw.integers(0, 490, 600), unit="D")
    ends = pd.Series(START + pd.to_timedelta(draw.integers(100, 490, len(contacts)), unit="D"))
    left = ends.where(draw.random(len(contacts)) < 0.3)
    more = {
        "customer_values": pd.DataFrame(
            {
                "customer_id": ids,
                "industry": np.where(np.arange(len(ids)) % 2, "Optics", "Pumps"),
                "employees": 50,
            }
        ),
        "jobs": pd.DataFrame(
            {"contact_id": contacts, "customer_id": owner, "valid_from": START, "valid_to": left}
        ),
        "roles": pd.DataFrame(
            {
                "contact_id": contacts[::3],
                "customer_id": ids,
                "role": "champion",
                "stance": 1,
                "valid_from": START,
            }
        ),
        "links": pd.DataFrame(
            {"kind": "partner_of", "start_id": ids[:-2], "end_id": ids[2:], "valid_from": START}
        ),
        "tickets": pd.DataFrame(
            {
                "ticket_id": [f"T{n}" for n in range(200)],
                "customer_id": draw.choice(ids, 200),
                "urgent": draw.integers(0, 2, 200),
                "satisfaction": draw.random(200),
                "opened_at": moments[:200],
                "closed_at": moments[:200] + pd.Timedelta(days=9),
            }
        ),
        "opportunities": pd.DataFrame(
            {
                "opportunity_id": [f"D{n}" for n in range(60)],
                "customer_id": draw.choice(ids, 60),
                "outcome": "won",
                "opened_at": moments[:60],
                "closed_at": moments[:60] + pd.Timedelta(days=30),
            }
        ),
        "interests": pd.DataFrame(
            {
                "kind": "opportunity",
                "source_id": [f"D{n}" for n in range(60)],
                "product_id": "P03",
                "at": moments[:60] + pd.Timedelta(days=2),
            }
        ),
        "interactions": pd.DataFrame(
            {"interaction_id": [f"I{n}" for n in range(600)], "direction": "inbound", "at": moments}
        ),
        "participations": pd.DataFrame(
            {
                "interaction_id": [f"I{n}" for n in range(600)],
                "person_id": draw.choice(contacts, 600),
                "side": "contact",
            }
        ),
    }
    return log_of(dict(base.tables) | more | {"invoices": _invoices(base["orders"], draw)})


def _invoices(orders: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:
    """An invoice per order, due after 30 days, paid after 20 to 60; one in ten never."""
    paid = orders["at"] + pd.to_timedelta(draw.integers(20, 60, len(orders)), unit="D")
    return pd.DataFrame(
        {
            "invoice_id": "I-" + orders["order_id"],
            "customer_id": orders["customer_id"],
            "amount": orders["amount"],
            "issued_at": orders["at"],
            "due_at": orders["at"] + pd.Timedelta(days=30),
            "paid_at": paid.where(draw.random(len(orders)) < 0.9),
        }
    )
