"""Recommendations of every customer: the promoted ranker where there is history.

The industry's favourites else.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
import orjson

from gnn.baseline.platt import Platt
from gnn.baseline.popularity import group_share
from gnn.explain.paths import Paths
from gnn.features.channels import NAMES
from gnn.features.neighbours import membership
from gnn.features.past import DAY, Floats, Ints
from gnn.features.scene import Scene
from gnn.registry import Artefact
from gnn.train.rank_models import Question, Ranked, Ranker, of_states
from gnn.write_back.risk import hashed

PER_CUSTOMER = 10
CHUNK = 2000

Row = dict[str, Any]


def suggestions(artefact: Artefact, scene: Scene, now: datetime) -> Iterator[Row]:
    """Rows `{id, customer_id, product_id, props}`, best first per customer."""
    if not scene.past.shape[1]:
        return
    config = artefact.config
    ranker = of_states(artefact.states, config.selected, artefact.products)
    as_of = f"{scene.past.cutoff.isoformat()}+00:00"
    fixed = {"model_id": artefact.model_id, "scored_at": now.isoformat(), "as_of": as_of}
    known = np.flatnonzero(scene.past.has_order)
    platt = Platt(config.slope, config.offset)
    for row, column, props in (*_ranked(ranker, scene, known, platt), *_fallback(scene)):
        customer, product = str(scene.past.customers[row]), str(scene.past.products[column])
        identity = hashed(artefact.model_id, customer, product, as_of)
        yield {"id": identity, "customer_id": customer, "product_id": product, "props": fixed | props}


Suggestion = tuple[int, int, Row]


def _ranked(ranker: Ranker, scene: Scene, rows: Ints, platt: Platt) -> Iterator[Suggestion]:
    rank, paths = ranker.on(scene), Paths(scene)
    for start in range(0, len(rows), CHUNK):
        question = Question(scene, rows[start : start + CHUNK])
        ranked = rank(question)
        parts = contributions(ranker, question, ranked)
        probability = platt(ranked.scores)
        for place, row in enumerate(question.rows.tolist()):
            yield from _of_customer(
                row, ranked.columns[place], ranked.scores[place], probability[place], parts[place], paths
            )


def _of_customer(
    row: int, columns: Ints, scores: Floats, probability: np.ndarray, parts: Floats, paths: Paths
) -> Iterator[Suggestion]:
    for place, column in enumerate(columns[:PER_CUSTOMER].tolist()):
        if column < 0:
            return
        why = paths.reasons(row, column, parts[place])
        yield row, column, _props(place + 1, float(scores[place]), float(probability[place]), why, None)


def contributions(ranker: Ranker, question: Question, ranked: Ranked) -> Floats:
    """Customers × listed × channels.

    The channel's weight times its value above the customer's mean candidate.
    """
    found = question.candidates
    mean = found.values.mean(axis=1, keepdims=True)
    places = _places(found.columns, np.maximum(ranked.columns[:, :PER_CUSTOMER], 0))
    values = np.take_along_axis(found.values, places[:, :, None], axis=1) - mean
    mix = ranker.mix(question.scene, question.rows)
    return np.asarray(values * mix[:, None, :], dtype=np.float32)


def _places(columns: Ints, wanted: Ints) -> Ints:
    """Where each wanted column stands among the row's candidates (the nearest where it is none of them)."""
    return np.stack([np.searchsorted(row, want) for row, want in zip(columns, wanted, strict=True)]).clip(
        0, columns.shape[1] - 1
    )


def _fallback(scene: Scene) -> Iterator[Suggestion]:
    """For customers without an order: what their industry (or everybody) bought lately."""
    days = float(scene.past.horizon / DAY)
    groups = membership(scene.past, "industry")
    lately = scene.past.bought(days)
    share = group_share(groups, lately if lately.nnz else scene.past.bought())
    everybody = share.mean(axis=0)
    paths = Paths(scene)
    popular = np.array([name in ("industry", "popularity") for name in NAMES], dtype=np.float32)
    for row in np.flatnonzero(~scene.past.has_order).tolist():
        own = groups.indices[groups.indptr[row] : groups.indptr[row + 1]]
        chances = share[int(own[0])] if len(own) else everybody
        for place, column in enumerate(np.argsort(-chances, kind="stable")[:PER_CUSTOMER].tolist()):
            chance = float(min(chances[column], 1.0))
            yield (
                row,
                column,
                _props(place + 1, chance, chance, paths.reasons(row, column, popular * chance), "no_history"),
            )


def _props(rank: int, score: float, probability: float, why: list[Row], fallback: str | None) -> Row:
    props: Row = {
        "rank": rank,
        "score": round(score, 6),
        "probability": round(probability, 6),
        "reasons": orjson.dumps(why).decode(),
    }
    return props if fallback is None else props | {"fallback": fallback}
