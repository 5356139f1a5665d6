"""Fitting a number of customers: every candidate on the older windows, then all."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gnn.errors import NotEnoughHistory
from gnn.evaluate.bootstrap import interval
from gnn.evaluate.correlation import rank_correlation
from gnn.features.history import Doubles
from gnn.forecast.models import Forecaster
from gnn.forecast.question import Question, said
from gnn.forecast.spread import Spread
from gnn.learn.windows import Window, Windows
from gnn.outcomes import Outcomes
from gnn.task import Fit, Predictions

LEAST = 20
CLEARLY = 2.0
"""Standard errors of the paired gain on validation beyond which another than the reference serves."""
WEEK = 7.0


def fit_forecast(question: Question, windows: Windows[Outcomes], seed: int) -> Fit[Forecaster, Spread]:
    """Choose on the newer windows and keep how far off each was there.

    The reference serves unless another has a clearly lower loss. Raises NotEnoughHistory.
    """
    counted = sum(len(window.labels.rows) for window in windows.train)
    if counted < LEAST:
        raise NotEnoughHistory(
            f"customers with an order were counted {counted} times at past cut-offs; at least {LEAST} times "
            "are needed: choose a later cut-off"
        )
    tried = question.candidates(windows.train, windows.train[-1].features.history, seed)
    came = np.concatenate([window.labels.came for window in windows.valid])
    expected = {
        name: np.concatenate([said(model, window) for window in windows.valid])
        for name, model in tried.items()
    }
    losses = {name: question.loss(came, one) for name, one in expected.items()}
    return Fit(
        question.candidates(windows.every, windows.final.history, seed),
        {
            name: {"validation": rank_correlation(came, one), "validation_loss": float(losses[name].mean())}
            for name, one in expected.items()
        },
        {name: Spread.fit(one, came) for name, one in expected.items()},
        _best(losses, question.reference),
    )


def _best(losses: Mapping[str, Doubles], reference: str) -> str:
    """The lowest mean loss of those below the reference by two standard errors; else the reference."""
    gains = {name: losses[reference] - one for name, one in losses.items() if name != reference}
    clear = {
        name: gain.mean()
        for name, gain in gains.items()
        if gain.mean() > CLEARLY * gain.std() / np.sqrt(len(gain))
    }
    return max(clear, key=lambda name: clear[name], default=reference)


def forecast_predictions(fit: Fit[Forecaster, Spread], window: Window[Outcomes]) -> Mapping[str, Predictions]:
    """Per candidate `came`, `expected`, `low`, `high` and the `horizon` in days."""
    found: dict[str, Predictions] = {}
    days = float(window.features.history.horizon.days)
    for name, model in fit.models.items():
        expected = said(model, window)
        low, high = fit.calibrators[name].around(expected)
        found[name] = {
            "came": window.labels.came, "expected": expected, "low": low, "high": high,
            "horizon": np.full(len(expected), days),
        }  # fmt: skip
    return found


def _common(said_: Predictions, seed: int) -> tuple[Doubles, Doubles, dict[str, Any]]:
    came, expected = said_["came"], said_["expected"]
    return (
        came,
        expected,
        {
            "rank_correlation": rank_correlation(came, expected),
            "ci95": list(
                interval(lambda rows: rank_correlation(came[rows], expected[rows]), len(came), seed)
            ),
        },
    )


def next_order_measures(found: Predictions, seed: int) -> dict[str, Any]:
    """`rank_correlation` with `ci95`, `mae_days` with its interval, of everybody; the rest of who ordered.

    `within_7_days` is the share whose day was met within a week; `covered` (of everybody) should be .8.
    """
    came, expected, told = _common(found, seed)
    errors, ordered = np.abs(came - expected), came < found["horizon"]
    return told | {
        "mae_days": float(errors.mean()),
        "mae_days_ci95": list(interval(lambda rows: float(errors[rows].mean()), len(came), seed)),
        "mae_days_ordered": float(errors[ordered].mean()) if ordered.any() else None,
        "within_7_days": float((errors[ordered] <= WEEK).mean()) if ordered.any() else None,
        "covered": _covered(found),
    }


def value_measures(found: Predictions, seed: int) -> dict[str, Any]:
    """`rank_correlation` with `ci95`; `mae` with its interval and `rmse`, in the currency of most orders.

    `total` is all that was expected ÷ all that came; `top_decile_share` what the tenth with the highest
    forecasts spent ÷ what the tenth that spent most did; `covered` should be .8.
    """
    came, expected, told = _common(found, seed)
    errors, tenth = np.abs(came - expected), max(1, len(came) // 10)
    best = came[np.argsort(-expected, kind="stable")[:tenth]].sum()
    most = np.sort(came)[-tenth:].sum()
    return told | {
        "mae": float(errors.mean()),
        "mae_ci95": list(interval(lambda rows: float(errors[rows].mean()), len(came), seed)),
        "rmse": float(np.sqrt((errors**2).mean())),
        "realised_mean": float(came.mean()),
        "total": float(expected.sum() / came.sum()) if came.sum() > 0 else None,
        "top_decile_share": float(best / most) if most > 0 else None,
        "covered": _covered(found),
    }


def _covered(found: Predictions) -> float:
    return float(((found["came"] >= found["low"]) & (found["came"] <= found["high"])).mean())
