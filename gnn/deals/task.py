"""The tasks `win` and `lead`: which open deals are won, which open leads become business in time."""

from functools import partial

from gnn.churn.measures import churn_measures
from gnn.deals.fit import deal_cutoffs, deal_horizon, deal_labels, deal_predictions, fit_deals
from gnn.deals.forecasts import deal_forecasts
from gnn.deals.models import DealModel
from gnn.deals.table import Kind
from gnn.forecasts import retire_forecasts
from gnn.learn.platt import Platt
from gnn.outcomes import Outcomes
from gnn.task import Task


def _task(name: str, kind: Kind) -> Task[Outcomes, DealModel, Platt]:
    return Task(
        name=name,
        metric="auc",
        baseline="base_rate",
        validation="validation_auc",
        labels=partial(deal_labels, kind),
        fit=partial(fit_deals, kind),
        predictions=partial(deal_predictions, kind),
        measures=churn_measures,
        results=partial(deal_forecasts, kind),
        horizon=partial(deal_horizon, kind),
        cutoffs=deal_cutoffs,
        retire=retire_forecasts,
    )


WIN = _task("win", "Opportunity")
LEAD = _task("lead", "Lead")
