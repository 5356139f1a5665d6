"""What candidates say in the validation windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gnn.churn.labels import ChurnLabels
from gnn.churn.models import ChurnModel
from gnn.features.history import Floats
from gnn.learn.windows import Window


@dataclass(frozen=True)
class Said:
    """Per candidate its log-odds in every window, of those counted there, and what became of them."""

    scores: Mapping[str, Sequence[Floats]]
    labels: Sequence[ChurnLabels]


def said_in(models: Mapping[str, ChurnModel], windows: Sequence[Window[ChurnLabels]]) -> Said:
    """What the candidates say in the windows in which some stayed and some left."""
    both = [window for window in windows if 0 < window.labels.churned.mean() < 1]
    scores = {
        name: [model.logits(window.features)[window.labels.rows] for window in both]
        for name, model in models.items()
    }
    return Said(scores, [window.labels for window in both])
