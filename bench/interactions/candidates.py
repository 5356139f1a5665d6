"""The candidates: what each lists for some users, and the choice between them on a split of train."""

from collections.abc import Mapping
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
from scipy import sparse

from bench.interactions.choose_filter import best_shape
from bench.interactions.graph_filter import Floats, Shape, item_graph
from bench.interactions.lists import best_items, judged, top_items, without_owned
from bench.interactions.stack import FROM, Offered, offered, ranked, trained
from bench.interactions.views import Views, fitted
from gnn.evaluate.ranking import K
from gnn.features.history import Ints
from gnn.side_by_side import side_by_side
from gnn.slices import slices
from graph.errors import UsageError

STACK = "stack"
HELD = 0.2
"""Share of every user's items that is held back to choose on."""
LEARNED, COMPARED = 6000, 1500
"""Users that the stack learns from, and others that the candidates are compared on."""
FEWEST = 20
BATCH = 256
Lists = Mapping[str, Ints]


@dataclass(frozen=True)
class Choice:
    """What the split of the train file showed."""

    quality: Mapping[str, float]
    """Per candidate the mean of recall@20 and NDCG@20 on held-back items."""
    selected: str
    shape: Shape
    booster: lgb.Booster


def choose(bought: sparse.csr_matrix, seed: int) -> Choice:
    """Fit on four fifths of every user's items; compare on users that the stack did not learn from."""
    known, held = held_back(bought, seed)
    usable = np.flatnonzero((np.diff(held.indptr) > 0) & (np.diff(known.indptr) > 0))
    if len(usable) < FEWEST:
        raise UsageError(f"{len(usable)} users have enough items to choose on; at least {FEWEST} are needed")
    drawn = np.random.default_rng(seed).permutation(usable)
    compared = drawn[: min(COMPARED, max(len(drawn) // 4, 1))]
    learned = drawn[len(compared) :][:LEARNED]
    graph = item_graph(known)
    shape = best_shape(graph, known, held, learned)
    views = fitted(known, shape, graph)
    parts = list(slices(learned, BATCH))
    booster = trained(side_by_side(lambda rows: _offered(views, rows), parts), [held[p] for p in parts])
    found: dict[str, list[Ints]] = {}
    for lists in side_by_side(lambda rows: _lists(views, booster, rows), list(slices(compared, BATCH))):
        for name, part in lists.items():
            found.setdefault(name, []).append(part)
    wanted = held[compared]
    count = np.diff(wanted.indptr).astype(np.int64)
    quality = {
        name: float(np.mean([m.mean() for m in judged(np.concatenate(part), wanted, count)]))
        for name, part in found.items()
    }
    return Choice(quality, max(quality, key=lambda name: quality[name]), shape, booster)


def held_back(bought: sparse.csr_matrix, seed: int) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """The matrix without a fifth of its pairs, drawn by seed, and that fifth."""
    pairs = bought.tocoo()
    held = np.random.default_rng(seed).random(len(pairs.data)) < HELD
    return tuple(  # type: ignore[return-value]  # two parts
        sparse.csr_matrix((pairs.data[part], (pairs.row[part], pairs.col[part])), shape=bought.shape)
        for part in (~held, held)
    )


def all_lists(bought: sparse.csr_matrix, choice: Choice, rows: Ints) -> Lists:
    """Every candidate's lists for these users, fitted on the whole train file."""
    views = fitted(bought, choice.shape)
    parts = list(slices(rows, BATCH))
    found = side_by_side(lambda part: _lists(views, choice.booster, part), parts)
    return {name: np.concatenate([lists[name] for lists in found]) for name in found[0]}


def _lists(views: Views, booster: lgb.Booster, rows: Ints) -> Lists:
    scores, best = _looked_at(views, rows)
    plain = {name: top_items(score, best[name]) for name, score in scores.items()}
    stacked = ranked(booster, offered(views, rows, scores, best))
    return {"popularity": _popular(views, rows)} | plain | {STACK: stacked}


def _offered(views: Views, rows: Ints) -> Offered:
    return offered(views, rows, *_looked_at(views, rows))


def _looked_at(views: Views, rows: Ints) -> tuple[dict[str, Floats], dict[str, Ints]]:
    """Every view's scores of the items, −∞ for those that a user owns, and its best items."""
    owned = views.bought[rows]
    scores = {name: without_owned(score, owned) for name, score in views.scores(rows).items()}
    return scores, {name: best_items(score, FROM[name]) for name, score in scores.items()}


def _popular(views: Views, rows: Ints) -> Ints:
    """The items with most users; so many are looked at that 20 are left of them."""
    owned = views.bought[rows]
    size = min(K + int(np.diff(owned.indptr).max(initial=0)), owned.shape[1])
    first = np.argsort(-views.graph.degrees, kind="stable")[:size]
    scores = np.tile(views.graph.degrees[first], (len(rows), 1))
    found = top_items(without_owned(scores, owned[:, first]))
    return np.where(found < 0, -1, first[np.maximum(found, 0)])
