"""Features from tickets and opportunities: pain, and business in the making."""

import numpy as np

from gnn.features.history import Floats, History
from gnn.features.sums import count, ratio, share, total

HALF_LIFE = 60.0
"""Days after which a ticket hurts half as much."""


def tickets(history: History) -> dict[str, Floats]:
    """Tickets lately, still open, urgent, late or answered badly, and all of it as one decaying pain."""
    size, frame = history.shape[0], history.log["tickets"]
    rows, age = history.rows(frame["customer_id"]), history.age(frame["opened_at"])
    is_open = frame["closed_at"].isna().to_numpy()
    late = frame["sla_breached"].to_numpy() > 0
    urgent = frame["urgent"].to_numpy() > 0
    recent, before = age <= 90, (age > 90) & (age <= 180)
    weight = np.exp2(-age / HALF_LIFE)
    satisfaction = frame["satisfaction"].to_numpy()
    rated = np.isfinite(satisfaction) & (age <= 365)
    middle = float(np.mean(satisfaction[rated])) if rated.any() else 0.0
    return {
        "tickets_recent": np.log1p(count(rows, size, recent)),
        "tickets_year": np.log1p(count(rows, size, age <= 365)),
        "ticket_trend": ratio(count(rows, size, recent), count(rows, size, before)),
        "tickets_open": np.log1p(count(rows, size, is_open & (age <= 365))),
        "tickets_urgent": np.log1p(count(rows, size, urgent & (age <= 180))),
        "tickets_late": np.log1p(count(rows, size, late & (age <= 180))),
        "dissatisfaction": _mean_excess(rows[rated], middle - satisfaction[rated], size),
        "ticket_pain": np.log1p(total(rows, weight * (1 + urgent + late), size)),
    }


def opportunities(history: History) -> dict[str, Floats]:
    """Open, won and lost opportunities of the last year."""
    size, frame = history.shape[0], history.log["opportunities"]
    rows, age = history.rows(frame["customer_id"]), history.age(frame["opened_at"])
    is_open = frame["closed_at"].isna().to_numpy() & (age <= 365)
    closed = history.age(frame["closed_at"]) <= 365
    won = frame["outcome"].eq("won").to_numpy()
    return {
        "deals_open": np.log1p(count(rows, size, is_open)),
        "deals_won": np.log1p(count(rows, size, closed & won)),
        "deals_lost": np.log1p(count(rows, size, closed & ~won)),
    }


def _mean_excess(rows: np.ndarray, values: np.ndarray, size: int) -> Floats:
    """Mean per row, shrunk towards 0 as if two neutral ratings had been given."""
    return share(total(rows, values, size), count(rows, size) + 2)
