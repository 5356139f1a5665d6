"""Recommendations of every customer: the promoted ranker's, or without history what its industry bought."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
from scipy import sparse

from gnn.cross_sell.diversity import Spread, spread
from gnn.cross_sell.nearest import nearest
from gnn.cross_sell.popularity import GroupShare, group_share
from gnn.cross_sell.rankers import Ranker, graph_of, of_states
from gnn.cross_sell.ranking import Ranked, RankingInput, RankingRequest
from gnn.cross_sell.reasons import Paths
from gnn.cross_sell.scorers import SCORERS
from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY, Doubles, Floats, Ints
from gnn.features.neighbours import membership
from gnn.learn.platt import Platt
from gnn.registry import CALIBRATION, Artefact
from gnn.slices import slices
from gnn.snapshot.moments import utc_text
from gnn.standing import strongest
from gnn.task import Parts, Result, Scoring, Standing, Writer, result_id

PER_CUSTOMER = 10
ASKED_FROM = 30
"""Products of a fallback's list that limits choose from."""
FEW = 1_000
"""Purchases below which no ranker is asked."""
CHUNK = 2000
EMBEDS = "gnn"
"""The candidate whose vectors are the customers' embeddings, whichever serves."""
Suggestion = tuple[int, int, dict[str, Any]]
"""Customer row, product column, properties."""


def recommendations(artefact: Artefact, features: FeatureSet, scoring: Scoring) -> Iterator[Result]:
    """`Recommendation` nodes between customer and product, best first, and the customers' embeddings.

    The same model suggests a product to a customer by the same node from scoring to scoring; some customers
    at a time.
    """
    inputs = RankingInput(features)
    if features.history.shape[1]:
        limits = spread(features.history, scoring.limits, PER_CUSTOMER)
        for rows, suggestions in _listed(artefact, inputs, limits):
            yield _result(artefact, inputs, scoring, rows, suggestions)
    yield Result("embeddings", "Customer", _embeddings(artefact, features))


def _listed(
    artefact: Artefact, inputs: RankingInput, limits: Spread
) -> Iterator[tuple[Ints, list[Suggestion]]]:
    """The ranker's lists, and those of customers without an order; of few purchases nothing is learned."""
    history = inputs.features.history
    if len(history.purchases) < FEW:
        yield from _fallback(inputs, np.flatnonzero(history.has_order), "few_purchases", limits)
    else:
        yield from _ranked(artefact, inputs, limits)
    yield from _fallback(inputs, np.flatnonzero(~history.has_order), "no_history", limits)


def retire_recommendations(store: Writer, artefact: Artefact, scoring: Scoring) -> None:
    """Drop what models suggest that do not serve, and what is as of a moment after this one's."""
    dropped = 1
    while dropped:
        done = store.write(
            "score_write.stray_recommendations",
            model_ids=[artefact.model_id],
            as_of=utc_text(scoring.as_of),
            limit=CHUNK,
        )
        dropped = done.rows[0]["dropped"] if done.rows else 0


def _result(
    artefact: Artefact, inputs: RankingInput, scoring: Scoring, rows: Ints, suggestions: list[Suggestion]
) -> Result:
    """What is suggested to the customers of these rows."""
    history = inputs.features.history
    fixed = {
        "model_id": artefact.model_id,
        "scored_at": utc_text(scoring.at),
        "as_of": utc_text(scoring.as_of),
    }
    nodes, to_customer, to_product = [], [], []
    for row, column, props in suggestions:
        customer, product = str(history.customers[row]), str(history.products[column])
        identity = result_id(artefact.model_id, customer, product)
        nodes.append({"id": identity, "subject": identity, "props": fixed | props})
        to_customer.append({"start": identity, "end": customer, "props": {}})
        to_product.append({"start": identity, "end": product, "props": {}})
    standing = Standing(
        read="score_write.standing_recommendations",
        end="score_write.drop_recommendations",
        asked={"customer_ids": [str(customer) for customer in history.customers[rows]]},
    )
    parts = (
        Parts("FOR", "Recommendation", "Customer", to_customer),
        Parts("ABOUT", "Recommendation", "Product", to_product),
    )
    return Result("recommendations", "Recommendation", nodes, parts, standing)


def _embeddings(artefact: Artefact, features: FeatureSet) -> Iterator[dict[str, Any]]:
    """The graph network's customer vectors, 64 floats each, and who is nearest.

    None where the network was not run.
    """
    if EMBEDS not in artefact.states:
        return
    vectors = graph_of(artefact.states[EMBEDS], artefact.ids).vectors(features)[0].cpu().numpy()
    near, nearness = nearest(vectors - vectors.mean(axis=0))  # all have much in common: what differs counts
    ids = [str(customer) for customer in features.history.customers]
    for row, customer in enumerate(ids):
        alike = nearness[row] > 0.0
        props = {
            "embedding": _rounded(vectors[row]),
            "embedding_near": [ids[other] for other in near[row][alike].tolist()],
            "embedding_nearness": _rounded(nearness[row][alike]),
            "embedding_model_id": artefact.model_id,
        }
        yield {"id": customer, "props": props}


def _rounded(values: Floats) -> list[float]:
    return [round(value, 6) for value in values.tolist()]


def _ranked(
    artefact: Artefact, inputs: RankingInput, limits: Spread
) -> Iterator[tuple[Ints, list[Suggestion]]]:
    """For customers with an order: the promoted ranker's lists, by blocks of customers."""
    config = artefact.config
    ranker = of_states(artefact.states, config.selected, artefact.ids)
    rank, paths, platt = ranker.on(inputs), Paths(inputs), Platt.of_state(artefact.states[CALIBRATION])
    for rows in slices(np.flatnonzero(inputs.features.history.has_order), CHUNK):
        request = RankingRequest(inputs, rows)
        ranked = limits.of(rank(request), PER_CUSTOMER)
        parts = contributions(ranker, request, ranked)
        lists = (
            _of_customer(row, ranked.columns[place], ranked.scores[place], parts[place], platt, paths)
            for place, row in enumerate(rows.tolist())
        )
        yield rows, [suggestion for found in lists for suggestion in found]


def _of_customer(
    row: int, columns: Ints, scores: Floats, parts: Floats, platt: Platt, paths: Paths
) -> Iterator[Suggestion]:
    probability = platt(scores)
    for place, column in enumerate(columns[:PER_CUSTOMER].tolist()):
        if column < 0:
            return
        why = paths.reasons(row, column, parts[place])
        yield row, column, _properties(place + 1, float(scores[place]), float(probability[place]), why)


def contributions(ranker: Ranker, request: RankingRequest, ranked: Ranked) -> Floats:
    """Customers × listed × scorers: what each scorer adds to the score of what is listed."""
    wanted = np.maximum(ranked.columns[:, :PER_CUSTOMER], 0)
    return ranker.contributions(request, _places(request.candidates.columns, wanted))


def _places(columns: Ints, wanted: Ints) -> Ints:
    """Where each wanted column stands among the row's candidates (the nearest where it is none of them)."""
    return np.stack([np.searchsorted(row, want) for row, want in zip(columns, wanted, strict=True)]).clip(
        0, columns.shape[1] - 1
    )


def _fallback(
    inputs: RankingInput, customers: Ints, why: str, limits: Spread
) -> Iterator[tuple[Ints, list[Suggestion]]]:
    """For these customers: what their industry (or everybody) bought lately and they did not."""
    paths, owned = Paths(inputs), inputs.scorers.owned
    groups, share = _industry_share(inputs)
    everybody = share.mean()
    for rows in slices(customers, CHUNK):
        found: list[Suggestion] = []
        ranked = limits.of(_most_likely(share, everybody, groups[rows], owned[rows]), PER_CUSTOMER)
        for row, columns, chances in zip(rows.tolist(), ranked.columns, ranked.scores, strict=True):
            found += _popular(row, columns, chances, paths, why)
        yield rows, found


def _most_likely(
    share: GroupShare, everybody: Doubles, groups: sparse.csr_matrix, owned: sparse.csr_matrix
) -> Ranked:
    """The products with the best chances of each customer, of those not owned."""
    lists = np.full((groups.shape[0], ASKED_FROM), -1, dtype=np.int64)
    chances = np.zeros(lists.shape, dtype=np.float32)
    for place in range(len(lists)):
        own, had = groups[[place]], owned[place].indices
        chance = np.array(share.of(own)[0] if own.nnz else everybody, dtype=np.float64)
        chance[had] = -1.0
        best = np.argsort(-chance, kind="stable")[:ASKED_FROM]
        kept = best[chance[best] >= 0]
        lists[place, : len(kept)], chances[place, : len(kept)] = kept, chance[kept]
    return Ranked(lists, chances)


def _popular(row: int, columns: Ints, chances: Floats, paths: Paths, fallback: str) -> Iterator[Suggestion]:
    """The products of a list, as far as it goes."""
    weights = np.array([name in ("industry", "popularity") for name in SCORERS], dtype=np.float32)
    for place, column in enumerate(columns.tolist()):
        if column < 0:
            return
        chance = float(min(chances[place], 1.0))
        why = paths.reasons(row, column, weights * chance)
        yield row, column, _properties(place + 1, chance, chance, why) | {"fallback": fallback}


def _industry_share(inputs: RankingInput) -> tuple[sparse.csr_matrix, GroupShare]:
    """Industry of the customers (a row may name none), and the share of its buyers within the horizon."""
    history = inputs.features.history
    groups = membership(history, "industry")
    lately = history.bought(float(history.horizon / DAY))
    return groups, group_share(groups, lately if lately.nnz else history.bought())


def _properties(rank: int, score: float, probability: float, why: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "rank": rank,
        "score": round(score, 6),
        "probability": round(probability, 6),
        "strongest": strongest(why),
        "reasons": orjson.dumps(why).decode(),
    }
