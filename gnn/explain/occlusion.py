"""Occlusion: what the model says when one kind of information is taken away (Zeiler and Fergus, 2014).

Taken away means: the features stand at the median of the customers that have ordered, and the edge types
of that
kind carry no messages. The contribution is the difference in calibrated log-odds.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace

import numpy as np
import torch

from gnn.features.past import Floats
from gnn.features.scene import Scene
from gnn.train.churn_models import ChurnModel


def contributions(
    model: ChurnModel,
    scene: Scene,
    kinds: Mapping[str, tuple[Sequence[str], Sequence[str]]],
    slope: float,
) -> dict[str, Floats]:
    """Per kind of information (its features.

    The node types whose messages carry it) log-odds per customer.
    """
    whole = model.logits(scene)
    return {
        name: (slope * (whole - model.logits(without(scene, features, senders)))).astype(np.float32)
        for name, (features, senders) in kinds.items()
    }


def without(scene: Scene, features: Sequence[str], senders: Sequence[str]) -> Scene:
    """The scene with these features at their median and silent senders."""
    frame, known = scene.frame, scene.past.has_order
    values = frame.values.copy()
    places = [frame.names.index(name) for name in features if name in frame.names]
    values[:, places] = np.median(values[known][:, places], axis=0) if known.any() else 0.0
    masked = copy(scene)
    structure = copy(scene.structure)
    for edge in structure.edge_types:
        if edge[0] in senders or edge[1] in senders:
            structure[edge].edge_weight = torch.zeros_like(structure[edge].edge_weight)
    masked.__dict__["frame"] = replace(frame, values=values)
    masked.__dict__["structure"] = structure
    return masked
