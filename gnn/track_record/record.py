"""The track record: served scores and offers of the graph, judged, and kept there for the API."""

from datetime import datetime
from typing import Any

import orjson
import pandas as pd

from cypher import template
from gnn.features.history import newest_values
from gnn.snapshot import Log
from gnn.snapshot.moments import naive, utc_text
from gnn.snapshot.tables import times
from gnn.task import Writer
from gnn.track_record.forecasts import forecast_lines, judged_forecasts
from gnn.track_record.judge import judged_offers, judged_scores
from gnn.track_record.lines import Line, offer_lines, score_lines
from graph.batches import batches
from graph.model import NODES
from graph.track_record import RUN

PAGE = 2000
"""Customers whose scores are read at once."""
SCORES = ("customer_id", "score_id", "model_id", "as_of", "horizon_days", "probability", "band")
OFFERS = ("customer_id", "product_id", "model_id", "as_of", "outcome")
FORECASTS = (
    "record_id", "forecast_id", "task", "model_id", "as_of", "horizon_days", "unit", "value", "low", "high",
    "currency",
)  # fmt: skip
FORECAST_OF = {"Customer": "customers", "Opportunity": "opportunities", "Lead": "leads"}
"""Label of what is forecast of → its table."""
SEGMENTS = ("customer_id", "segment", "valid_from", "valid_to")
UNNAMED = "none"
"""Stands for the model of offers that none made: bought together, or popular."""


def track_record(store: Writer, log: Log, now: datetime) -> dict[str, Any]:
    """What has come true of what was served, as of the company's now: `{as_of, pending, lines}`.

    A score or forecast counts once, as of the day that it was first served; an offer once, when first shown.
    pending: scores whose horizon has not passed.
    """
    moment, customers = naive(now).normalize() + pd.Timedelta(days=1), log["customers"]["customer_id"]
    scores = _read(store, "track_record.scores", customers, SCORES, ("as_of",))
    scores = scores[scores["as_of"] <= naive(now)]
    cases = _described(judged_scores(scores, log, moment), log)
    offered = judged_offers(_first_shown(store, customers), log, moment)
    members = _members(_read(store, "track_record.segments", customers, SEGMENTS, SEGMENTS[2:]), cases)
    forecast = judged_forecasts(_forecasts(store, log), log, moment)
    lines: list[Line] = [
        *score_lines(cases, members), *offer_lines(offered), *forecast_lines(forecast),
    ]  # fmt: skip
    return {"as_of": utc_text(now), "pending": len(scores) - len(cases), "lines": lines}


def keep(store: Writer, log: Log, now: datetime) -> dict[str, Any]:
    """Judge, and leave the record in the graph."""
    record, moment = track_record(store, log, now), utc_text(now)
    props = {"kind": RUN, "status": "done", "started_at": moment, "finished_at": moment}
    store.upsert_nodes("Run", [{"id": RUN, "props": props | {"report": orjson.dumps(record).decode()}}])
    return record


def keep_daily(store: Writer, log: Log, now: datetime) -> None:
    """Judge where the record that stands is not of this day."""
    standing = store.read("track_record.kept")
    if not standing or orjson.loads(standing[0]["report"])["as_of"][:10] != utc_text(now)[:10]:
        keep(store, log, now)


def _read(
    store: Writer, query: str, customers: pd.Series, columns: tuple[str, ...], moments: tuple[str, ...]
) -> pd.DataFrame:
    """The rows of a query of all customers, some at a time."""
    rows = [row for page in batches(customers.tolist(), PAGE) for row in store.read(query, customer_ids=page)]
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.assign(**{name: times(frame[name], len(frame)) for name in moments})


def _forecasts(store: Writer, log: Log) -> pd.DataFrame:
    """Every forecast that is kept, with the label of what it is about."""
    found = []
    for label, table in FORECAST_OF.items():
        key = NODES[label].key
        asked = template("track_record.forecasts").render(label=label, key=key)
        ids = log[table][key].drop_duplicates()
        rows = [row for page in batches(ids.tolist(), PAGE) for row in store.read(asked, ids=page)]
        frame = pd.DataFrame(rows, columns=list(FORECASTS)).assign(label=label)
        numbers = {name: frame[name].astype(float) for name in ("value", "low", "high")}
        found.append(frame.assign(as_of=times(frame["as_of"], len(frame)), **numbers))
    return pd.concat(found, ignore_index=True)


def _described(cases: pd.DataFrame, log: Log) -> pd.DataFrame:
    """With the industry of the customers."""
    ids = pd.Index(log["customers"]["customer_id"])
    industry = newest_values(log["customer_values"], "customer_id", ids)["industry"]
    return cases.assign(industry=cases["customer_id"].map(industry))


def _members(segments: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """The cases with the segments that their customers were in on the day: a case for each."""
    joined = cases.merge(segments, on="customer_id")
    begun, over = joined["valid_from"] <= joined["as_of"], joined["valid_to"] <= joined["as_of"]
    return joined[begun & ~over]


def _first_shown(store: Writer, customers: pd.Series) -> pd.DataFrame:
    """Per customer, product and model: when it was first shown, and whether it was ever accepted."""
    told = _read(store, "track_record.offers", customers, OFFERS, ("as_of",))
    told = told.assign(accepted=told["outcome"].eq("accepted"), model_id=told["model_id"].fillna(UNNAMED))
    keys = ["customer_id", "product_id", "model_id"]
    shown = told.groupby(keys, as_index=False).agg({"as_of": "min", "accepted": "any"})
    return shown.assign(horizon_days=shown["model_id"].map(_horizons(store)).astype(float)).dropna()


def _horizons(store: Writer) -> dict[str, int]:
    """Days ahead per model; offers that no model made are judged as those of the one that serves."""
    models = [row for row in store.read("score_write.models") if row["task"] == "cross-sell"]
    horizons = {row["model_id"]: row["horizon_days"] for row in models}
    serving = [row["model_id"] for row in models if row["promoted"]]
    return horizons | ({UNNAMED: horizons[serving[0]]} if serving else {})
