"""The churn task: no order within the horizon, over every customer with an order before the cut-off."""

from gnn.churn.calibration import ChurnCalibration
from gnn.churn.cutoffs import churn_cutoffs
from gnn.churn.fit import CHEAP, fit_churn
from gnn.churn.labels import ChurnLabels, churn_labels
from gnn.churn.lift import lift_predictions, lift_rows
from gnn.churn.measures import churn_measures, churn_predictions
from gnn.churn.models import ChurnModel
from gnn.churn.risk_scores import retire_old_scores, risk_scores
from gnn.task import Lift, Task

CHURN: Task[ChurnLabels, ChurnModel, ChurnCalibration] = Task(
    name="churn",
    metric="auc",
    baseline="rfm_logistic",
    validation="validation_auc",
    labels=churn_labels,
    fit=fit_churn,
    predictions=churn_predictions,
    measures=churn_measures,
    results=risk_scores,
    retire=retire_old_scores,
    cutoffs=churn_cutoffs,
    lift=Lift(lift_predictions, lift_rows),
    kept=CHEAP,
)
