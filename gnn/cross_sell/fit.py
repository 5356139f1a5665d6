"""Fitting cross-sell: every ranker on the older windows, the choice on the newest, then all windows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from gnn.cross_sell.labels import CrossSellLabels
from gnn.cross_sell.rankers import SINGLE, GraphRanker, Pool, Ranker, SingleScorer, Trees, TrendPool
from gnn.cross_sell.ranking import (
    Example,
    RankingInput,
    RankingRequest,
    RankingWindow,
    example_of,
    ranking_window,
)
from gnn.cross_sell.scorers import OWN, RANGE
from gnn.cross_sell.training import MAX_CUSTOMERS, MAX_EPOCHS, train_network, train_pool
from gnn.cross_sell.tree_ranker import train_trees
from gnn.errors import NotEnoughHistory
from gnn.evaluate.ranking import hits
from gnn.features.history import Doubles
from gnn.learn.budget import BeyondBudget, affordable
from gnn.learn.device import where_it_fits
from gnn.learn.lazily import Lazily
from gnn.learn.platt import Platt
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import NET_WINDOWS, Window, Windows
from gnn.task import Fit

EVERY = (*SINGLE, "own_blend", "blend", "trend_pool", "lambdarank", "gnn")
POOLED = frozenset({"blend", "trend_pool", "gnn"})
"""Those that begin with the pool of all scorers."""
MIN_CUSTOMERS = 10
CLEARLY = 2.0
"""Standard errors of the paired gain beyond which another candidate than the reference serves."""
UNLIKE = 0.05
"""What a ranker that learns from windows must gain beside, as a share of the reference's quality: the coming
window is less like the validation's than the customers of one window are like each other."""
REFERENCE = "ease_text_trend"
"""The closed form learns from purchases alone, so no window can mislead it."""
MEAN = "trend_pool"
"""The mean of the closed form and the pool, the reference where rankers that learned compete: it errs less
than the worse of both, which matters where the customers that validate are few."""
CALIBRATED_ON = 1500
"""At most this many customers of the validation window tell scores from probabilities."""


@dataclass(frozen=True)
class Fitted:
    """Rankers by name, the epochs that the network took, and why a ranker was not run."""

    rankers: dict[str, Ranker]
    epochs: int
    not_run: dict[str, str]


@dataclass(frozen=True)
class Choice:
    """What the newest window showed, and what it has to teach."""

    validation: dict[str, float]
    """Quality per ranker."""
    selected: str
    ranker: Ranker
    """The selected one, as it was fitted on the older windows: it tells scores from probabilities."""
    epochs: int
    not_run: dict[str, str]
    example: Example
    inputs: RankingInput
    """Of the newest window."""


def fit_cross_sell(
    windows: Windows[CrossSellLabels], seed: int, names: Collection[str] = EVERY
) -> Fit[Ranker, Platt]:
    """Choose on the validation window by the mean of recall@20 and NDCG@20, and refit on all windows.

    names: of the candidates that are refitted, beside the one that serves.
    Raises NotEnoughHistory where fewer than 10 customers bought anything new in the windows.
    """
    check_windows(windows)
    (newest,) = windows.valid
    counted = [sampled(window, seed) for window in windows.train if len(window.labels.rows)]
    # what the scorers of a window read is large: one window's is held at a time
    examples = [example_of(window) for window in counted]
    with reproducible(seed):
        choice = _choose(examples, sampled(newest, seed), seed)
        fitted = _refitted([*examples, choice.example], choice, seed, {choice.selected, *names})
    shown = {name: {"validation": quality} for name, quality in choice.validation.items()}
    return Fit(
        fitted.rankers,
        shown,
        Lazily({choice.selected: partial(calibrator, choice.ranker, choice.inputs, newest.labels, seed)}),
        choice.selected,
        _known_products(fitted.rankers),
        not_run=fitted.not_run,
    )


def _choose(examples: Sequence[Example], newest: Window[CrossSellLabels], seed: int) -> Choice:
    valid = ranking_window(newest)
    tried = _rankers(examples, valid, seed)
    found = {
        name: valid.qualities(ranker.on(valid.inputs)(valid.request))
        for name, ranker in tried.rankers.items()
    }
    later = all(
        example.features.history.cutoff < valid.inputs.features.history.cutoff for example in examples
    )
    selected = best(found, learned=later)
    validation = {name: float(each.mean()) for name, each in found.items()}
    ranker, example, inputs = tried.rankers[selected], example_of(newest, valid), _kept(valid.inputs)
    return Choice(validation, selected, ranker, tried.epochs, tried.not_run, example, inputs)


def _kept(inputs: RankingInput) -> RankingInput:
    """The input to calibrate on: its scorers are kept, but for a large range, where an evaluation would hold
    them beside those of the day that it judges."""
    return inputs if inputs.features.history.shape[1] <= RANGE else RankingInput(inputs.features)


def best(found: Mapping[str, Doubles], *, learned: bool) -> str:
    """The best mean quality of those clearly above the reference, which serves where none is.

    learned: whether rankers that learn from windows compete. They do not where the validation is of the same
    time as what they learned from: they know what was bought then.
    """
    reference = _reference(found) if learned else REFERENCE
    rivals = [name for name in found if name not in (reference, MEAN) and (learned or name in SINGLE)]
    clear = [name for name in rivals if _clearly_better(name, reference, found)]
    return max(clear, key=lambda name: found[name].mean(), default=reference)


def _reference(found: Mapping[str, Doubles]) -> str:
    """The mean of both, unless the closed form alone is better by more than a standard error."""
    gain, error = _gain(REFERENCE, MEAN, found)
    return REFERENCE if gain > error else MEAN


def _clearly_better(name: str, reference: str, found: Mapping[str, Doubles]) -> bool:
    gain, error = _gain(name, reference, found)
    margin = 0.0 if name in SINGLE else UNLIKE * float(found[reference].mean())
    return gain > margin + CLEARLY * error


def _gain(name: str, other: str, found: Mapping[str, Doubles]) -> tuple[float, float]:
    """Mean of the paired difference of quality, and its standard error."""
    gain = found[name] - found[other]
    return float(gain.mean()), float(gain.std() / np.sqrt(len(gain)))


def _refitted(examples: Sequence[Example], choice: Choice, seed: int, names: Collection[str]) -> Fitted:
    """The rankers of these names that were chosen from, fitted on all windows."""
    learnable = _learnable(examples)
    pool = train_pool(learnable) if POOLED.intersection(names) else None
    rankers = _plain(learnable, pool, seed, names)
    if pool is not None and "gnn" in names and "gnn" not in choice.not_run:
        rankers["gnn"], _ = where_it_fits(
            lambda device: train_network(learnable, pool, choice.epochs, None, device)
        )
    return Fitted(rankers, choice.epochs, choice.not_run)


def check_windows(windows: Windows[CrossSellLabels]) -> None:
    """Raise NotEnoughHistory where fewer than 10 customers bought anything new in the windows."""
    counted = sum(len(window.labels.rows) for window in windows.train)
    if counted < MIN_CUSTOMERS or not len(windows.valid[-1].labels.rows):
        raise NotEnoughHistory(
            f"only {counted} customers bought a product new to them in the training windows; "
            f"at least {MIN_CUSTOMERS} are needed: choose a later cut-off or a longer horizon"
        )


def sampled(window: Window[CrossSellLabels], seed: int, most: int = MAX_CUSTOMERS) -> Window[CrossSellLabels]:
    """The window with at most so many of its customers, drawn by seed."""
    rows = window.labels.rows
    if len(rows) <= most:
        return window
    drawn = np.random.default_rng(seed).choice(rows, most, replace=False)
    return window.once(("sampled", seed, most), lambda: window.only(np.sort(drawn)))


def _rankers(examples: Sequence[Example], valid: RankingWindow, seed: int) -> Fitted:
    """All rankers fitted on the older windows; how long to train the network is told by `valid`."""
    learnable = _learnable(examples)
    pool = train_pool(learnable)
    rankers = _plain(learnable, pool, seed, EVERY)
    try:
        epochs = affordable(sum(one.features.learned_edges for one in learnable[-NET_WINDOWS:]), MAX_EPOCHS)
    except BeyondBudget as reason:
        return Fitted(rankers, 0, {"gnn": str(reason)})
    rankers["gnn"], best = where_it_fits(lambda device: train_network(learnable, pool, epochs, valid, device))
    return Fitted(rankers, best, {})


def _plain(
    examples: Sequence[Example], pool: Pool | None, seed: int, names: Collection[str]
) -> dict[str, Ranker]:
    """The rankers of these names that have no network; `pool` is that of all scorers, where one is needed."""
    rankers: dict[str, Ranker] = {name: SingleScorer(name) for name in SINGLE if name in names}
    if "own_blend" in names:
        rankers["own_blend"] = train_pool(examples, OWN)
    if pool is not None:
        pooled: dict[str, Ranker] = {"blend": pool, "trend_pool": TrendPool(pool.weights)}
        rankers |= {name: ranker for name, ranker in pooled.items() if name in names}
    if "lambdarank" in names:
        rankers["lambdarank"] = Trees(train_trees(examples, seed))
    return rankers


def _learnable(examples: Sequence[Example]) -> list[Example]:
    """The windows that teach anything."""
    return [example for example in examples if len(example.rows)]


def _known_products(models: dict[str, Ranker]) -> tuple[str, ...]:
    return next((model.products for model in models.values() if isinstance(model, GraphRanker)), ())


def calibrator(ranker: Ranker, inputs: RankingInput, labels: CrossSellLabels, seed: int) -> Platt:
    """Probability that a listed product is bought within the horizon, over customers that have ordered.

    Worked out only where it is kept: an evaluation needs none.
    """
    rows = np.flatnonzero(inputs.features.history.has_order)
    if len(rows) > CALIBRATED_ON:
        rows = np.sort(np.random.default_rng(seed).choice(rows, CALIBRATED_ON, replace=False))
    ranked = ranker.on(inputs)(RankingRequest(inputs, rows))
    bought = hits(ranked.columns, labels.bought[rows])
    listed = ranked.columns >= 0
    return Platt.fit(ranked.scores[listed], bought[listed].astype(np.float32))
