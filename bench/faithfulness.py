"""Whether reasons of churn scores are faithful: the named records must move a score more than others do.

`python -m bench.faithfulness` asks the model that serves churn in this home. Of each score it takes the
strongest reason that names records of the customer (orders, tickets, contacts, deals), removes these from the
log, works the features out anew, and does the same with as many records of the same kind and customer drawn
by chance. Scores of customers without so many others are left out.

`--retrain N` removes the records of N customers at once before anything is learned, trains the candidate anew
on what is left, and compares how far their scores then lie from those of the whole history.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np
import orjson
import pandas as pd
import typer

from gnn.churn.calibration import ChurnCalibration
from gnn.churn.cutoffs import churn_cutoffs
from gnn.churn.fit import TABULAR, tabular
from gnn.churn.labels import ChurnLabels, churn_labels
from gnn.churn.models import BLENDS, STACK, ChurnModel, LogOddsMean, LogOddsSum, ProcessModel, of_states
from gnn.churn.purchase_process import PurchaseProcess
from gnn.churn.reasons import churn_reasons
from gnn.features.feature_set import FeatureSet, feature_set
from gnn.features.history import DAY, Floats, History
from gnn.features.table import FeatureTable
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import Windows, feature_sets, label_windows
from gnn.registry import CALIBRATION, Artefact
from gnn.snapshot.cut import FOLLOWERS, cut
from gnn.snapshot.known import known_log
from gnn.snapshot.tables import Log
from gnn.write_back import promoted
from relgraph.engine import opened
from relgraph.settings import Settings

RECORDS: Mapping[str, tuple[str, str]] = {
    "Order": ("orders", "order_id"),
    "Ticket": ("tickets", "ticket_id"),
    "Contact": ("jobs", "contact_id"),
    "Opportunity": ("opportunities", "opportunity_id"),
}
"""Kind of evidence → its table and key; linked companies are records of others, and left out."""
RETRAINED = (*TABULAR, "purchase_process", "process_blend", STACK)
"""Candidates that are trained anew; the stack keeps its weights."""
APART = pd.Timedelta(days=60)
"""Between the days that scores are taken of."""


@dataclass(frozen=True)
class Asked:
    """Which candidate of an artefact, and how many of its scores."""

    artefact: Artefact
    model: str
    scores: int


@dataclass(frozen=True)
class Removal:
    """Of one score: the kind of reason, the records that it names, and as many others."""

    row: int
    reason: str
    kind: str
    named: tuple[str, ...]
    drawn: tuple[str, ...]


@dataclass(frozen=True)
class Altered:
    """A feature set with other features and the same graph; what neighbours tell stays as it was."""

    whole: FeatureSet
    table: FeatureTable

    def graph(self, scaler: Any) -> Any:
        """The graph of the whole."""
        return self.whole.graph(scaler)


def main(
    scores: Annotated[int, typer.Option(min=50, help="How many scores to compare.")] = 1000,
    seed: Annotated[int, typer.Option(help="Draws the other records.")] = 7,
    model: Annotated[str | None, typer.Option(help="Another candidate than the one that serves.")] = None,
    retrain: Annotated[
        int | None, typer.Option(min=20, help="Train anew without the records of so many customers.")
    ] = None,
) -> None:
    """Print one JSON line."""
    settings = Settings()
    with opened(settings) as store:
        log, now = known_log(store, settings.now, settings.home)
        artefact = promoted(store, settings.home, "churn")
    _check_kept(artefact, model)
    asked = Asked(artefact, model or artefact.config.selected, scores)
    newest = pd.Timestamp(now.date()) + DAY
    found = retrained(log, newest, asked, retrain, seed) if retrain else measured(log, newest, asked, seed)
    print(orjson.dumps(found).decode())


def _check_kept(artefact: Artefact, model: str | None) -> None:
    """Raise BadParameter where a candidate that was asked for is not in the artefact."""
    parts = BLENDS.get(model, (model,)) if model else ()
    absent = [part for part in parts if part not in artefact.states]
    if absent and model != artefact.config.selected:
        raise typer.BadParameter(f"{model}: the trained model does not hold {', '.join(absent)}")


def measured(log: Log, newest: pd.Timestamp, asked: Asked, seed: int) -> dict[str, Any]:
    """The mean movement in log-odds by named and by drawn records, and their ratio, over several days."""
    draw, found, first = np.random.default_rng(seed), [], log["orders"]["at"].min()
    at, compared, scores = newest, 0, 0
    while compared < asked.scores and at > first + APART:
        moved, count = _of_day(log, at, asked, draw)
        found.append(moved.head(asked.scores - compared))
        compared, scores, at = compared + len(found[-1]), scores + count, at - APART
    frame = pd.concat(found, ignore_index=True)
    kinds = {str(kind): _summary(own) for kind, own in frame.groupby("reason", sort=True)}
    return {"model": asked.model, "scores": scores, **_summary(frame), "by_reason": kinds}


def _summary(moved: pd.DataFrame) -> dict[str, Any]:
    named, drawn = float(moved["named"].mean()), float(moved["drawn"].mean())
    ratio = round(named / drawn, 2) if drawn > 0 else None
    return {"compared": len(moved), "named": round(named, 4), "drawn": round(drawn, 4), "ratio": ratio}


def _of_day(log: Log, at: pd.Timestamp, asked: Asked, draw: np.random.Generator) -> tuple[pd.DataFrame, int]:
    """The movements of one day's scores, and how many scores there were."""
    artefact = asked.artefact
    features = _features(log, at, artefact)
    model = of_states(artefact.states, asked.model)
    scale = ChurnCalibration.of_state(artefact.states[CALIBRATION]).scale
    rows = np.flatnonzero(features.history.has_order)
    reasons = churn_reasons(model, features, scale, rows)
    removals = [*removals_of(features, dict(zip(rows.tolist(), reasons, strict=True)), draw)]
    whole, places = scale * model.logits(features), [one.row for one in removals]
    moved: dict[str, Any] = {"reason": [one.reason for one in removals]}
    for which in ("named", "drawn"):
        after = scale * model.logits(without(features, removals, which, artefact))
        moved[which] = np.abs(after - whole)[places]
    return pd.DataFrame(moved), len(rows)


def _features(log: Log, at: pd.Timestamp, artefact: Artefact) -> FeatureSet:
    horizon = pd.Timedelta(days=artefact.config.horizon_days)
    return feature_set(log, at, horizon, artefact.config.industries)


def removals_of(
    features: FeatureSet, reasons: Mapping[int, list[dict[str, Any]]], draw: np.random.Generator
) -> Iterator[Removal]:
    """Per score its strongest reason that names records, where the customer has as many others."""
    own = {kind: _own_records(features, kind) for kind in RECORDS}
    for row, told in reasons.items():
        named = next((one for one in told if _kind(one) in RECORDS), None)
        if named is None:
            continue
        kind, ids = _kind(named), tuple(typed.partition(":")[2] for typed in named["evidence"])
        others = sorted(set(own[kind].get(row, ())) - set(ids))
        if len(others) >= len(ids):
            drawn = tuple(str(one) for one in draw.choice(others, len(ids), replace=False))
            yield Removal(row, named["feature"], kind, ids, drawn)


def _kind(reason: Mapping[str, Any]) -> str:
    return str(reason["evidence"][0]).partition(":")[0] if reason["evidence"] else ""


def _own_records(features: FeatureSet, kind: str) -> dict[int, list[str]]:
    table, key = RECORDS[kind]
    frame = features.history.log[table]
    rows = features.history.rows(frame["customer_id"])
    found: dict[int, list[str]] = {}
    for row, identity in zip(rows.tolist(), frame[key].tolist(), strict=True):
        found.setdefault(row, []).append(identity)
    return found


def without(features: FeatureSet, removals: list[Removal], which: str, artefact: Artefact) -> Altered:
    """The features of a log without the named or drawn records of every score, all at once.

    What linked companies and peers tell stays as it was, so that a score sees what its own customer lost.
    """
    left = _features(log_without(features.history, removals, which), features.history.cutoff, artefact).table
    values, neighbours = left.values.copy(), features.table.groups["neighbours"]
    places = [left.names.index(name) for name in neighbours]
    values[:, places] = features.table.values[:, places]
    return Altered(features, replace(left, values=values))


def log_without(history: History, removals: list[Removal], which: str) -> Log:
    """The log without the named or drawn records of every score, and without what hangs on them."""
    tables = dict(history.log.tables)
    for kind, (table, key) in RECORDS.items():
        gone = {
            (str(history.customers[one.row]), identity)
            for one in removals
            if one.kind == kind
            for identity in getattr(one, which)
        }
        tables[table] = _dropped(tables[table], key, gone)
    for name, (reference, owners, keys) in FOLLOWERS.items():
        known = pd.concat([tables[owner][key] for owner, key in zip(owners, keys, strict=True)])
        tables[name] = tables[name][tables[name][reference].isin(known)].reset_index(drop=True)
    return Log(tables, history.log.cutoff)


def retrained(log: Log, at: pd.Timestamp, asked: Asked, customers: int, seed: int) -> dict[str, Any]:
    """As `measured`, of the scores of one day, by models that never saw the records.

    `bystanders` is the mean movement of the other customers' scores where named records were removed: what
    training anew on a slightly smaller history does by itself.
    """
    draw = np.random.default_rng(seed)
    horizon = pd.Timedelta(days=asked.artefact.config.horizon_days)
    known = cut(log, at)
    features, whole = _learned(known, at, horizon, asked, seed)
    rows = np.flatnonzero(features.history.has_order)
    model = of_states(asked.artefact.states, asked.model)
    scale = ChurnCalibration.of_state(asked.artefact.states[CALIBRATION]).scale
    reasons = churn_reasons(model, _features(log, at, asked.artefact), scale, rows)
    found = [*removals_of(features, dict(zip(rows.tolist(), reasons, strict=True)), draw)]
    chosen = np.sort(draw.choice(len(found), min(customers, len(found)), replace=False))
    removals = [found[place] for place in chosen]
    places, moved = [one.row for one in removals], dict[str, Any]()
    moved["reason"] = [one.reason for one in removals]
    others = np.setdiff1d(rows, places)
    for which in ("named", "drawn"):
        smaller, after = _learned(log_without(features.history, removals, which), at, horizon, asked, seed)
        movement = scale * np.abs(_by_customer(features, smaller, after) - whole)
        moved[which] = movement[places]
        if which == "named":
            bystanders = float(np.nanmean(movement[others]))
    frame = pd.DataFrame(moved).dropna()
    kinds = {str(kind): _summary(own) for kind, own in frame.groupby("reason", sort=True)}
    summary = {"model": asked.model, "retrained": True, **_summary(frame)}
    return summary | {"bystanders": round(bystanders, 4), "by_reason": kinds}


def _learned(
    log: Log, at: pd.Timestamp, horizon: pd.Timedelta, asked: Asked, seed: int
) -> tuple[FeatureSet, Floats]:
    """The candidate trained on all windows before the day, and its log-odds on that day."""
    sets = feature_sets(log, churn_cutoffs(log, at, horizon))
    windows = label_windows(churn_labels, log, sets, seed)
    with reproducible(seed):
        if asked.model == STACK:
            weights = {name: float(weight[0]) for name, weight in asked.artefact.states[STACK].items()}
            members = {name: _trained(name, windows, seed) for name in weights}
            return sets.final, LogOddsSum(members, weights).logits(sets.final)
        return sets.final, _trained(asked.model, windows, seed).logits(sets.final)


def _trained(name: str, windows: Windows[ChurnLabels], seed: int) -> ChurnModel:
    """The candidate of this name on all windows; the network takes too long to be trained so often."""
    if name in BLENDS:
        return LogOddsMean([_trained(member, windows, seed) for member in BLENDS[name]])
    if name == "purchase_process":
        final = windows.final.history
        return ProcessModel(PurchaseProcess.fit(final), final.horizon)
    if name not in TABULAR:
        raise typer.BadParameter(f"{name} is not trained anew; choose one of {', '.join(RETRAINED)}")
    return tabular(name, windows.every, seed)


def _by_customer(features: FeatureSet, smaller: FeatureSet, said: Floats) -> Floats:
    """What was said of the customers of the whole; missing where nothing is known of one any more."""
    places = smaller.history.customers.get_indexer(features.history.customers)
    return np.where(places >= 0, said[np.maximum(places, 0)], np.nan).astype(np.float32)


def _dropped(frame: pd.DataFrame, key: str, gone: set[tuple[str, str]]) -> pd.DataFrame:
    kept = [pair not in gone for pair in zip(frame["customer_id"], frame[key], strict=True)]
    return frame[kept].reset_index(drop=True)


if __name__ == "__main__":
    typer.run(main)
