"""The tasks `next-order` and `value`: when a customer orders next, and what it will spend in time."""

from functools import partial

from gnn.forecast.cutoffs import whole_windows
from gnn.forecast.fit import fit_forecast, forecast_predictions, next_order_measures, value_measures
from gnn.forecast.forecasts import customer_forecasts
from gnn.forecast.models import Forecaster
from gnn.forecast.question import NEXT_ORDER as NEXT
from gnn.forecast.question import VALUE as SPENDING
from gnn.forecast.spread import Spread
from gnn.forecasts import retire_forecasts
from gnn.outcomes import Outcomes
from gnn.task import Task

NEXT_ORDER: Task[Outcomes, Forecaster, Spread] = Task(
    name="next-order",
    metric="rank_correlation",
    baseline="last_interval",
    validation="validation",
    labels=NEXT.labels,
    fit=partial(fit_forecast, NEXT),
    predictions=forecast_predictions,
    measures=next_order_measures,
    results=partial(customer_forecasts, NEXT),
    horizon=NEXT.horizon,
    cutoffs=whole_windows,
    retire=retire_forecasts,
)
VALUE: Task[Outcomes, Forecaster, Spread] = Task(
    name="value",
    metric="rank_correlation",
    baseline="mean_repeat",
    validation="validation",
    labels=SPENDING.labels,
    fit=partial(fit_forecast, SPENDING),
    predictions=forecast_predictions,
    measures=value_measures,
    results=partial(customer_forecasts, SPENDING),
    horizon=SPENDING.horizon,
    cutoffs=whole_windows,
    retire=retire_forecasts,
)
