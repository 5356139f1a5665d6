"""The cross-sell task: products bought for the first time within the horizon, of those sold before."""

from gnn.cross_sell.fit import fit_cross_sell
from gnn.cross_sell.labels import CrossSellLabels, cross_sell_labels
from gnn.cross_sell.lift import lift_predictions, lift_rows
from gnn.cross_sell.measures import cross_sell_measures, cross_sell_predictions
from gnn.cross_sell.rankers import Ranker
from gnn.cross_sell.recommendations import EMBEDS, recommendations, retire_recommendations
from gnn.learn.platt import Platt
from gnn.task import Lift, Task

CROSS_SELL: Task[CrossSellLabels, Ranker, Platt] = Task(
    name="cross-sell",
    metric="recall@20",
    baseline="popularity",
    validation="validation",
    labels=cross_sell_labels,
    fit=fit_cross_sell,
    predictions=cross_sell_predictions,
    measures=cross_sell_measures,
    results=recommendations,
    retire=retire_recommendations,
    lift=Lift(lift_predictions, lift_rows),
    kept=(EMBEDS,),
)
