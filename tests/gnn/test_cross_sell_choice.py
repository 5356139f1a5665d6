"""Which cross-sell candidate serves: a mean of two, unless another is clearly better on validation."""

import numpy as np
import pytest

from gnn.cross_sell.fit import MEAN, REFERENCE, best
from gnn.features.history import Doubles

QUALITY = np.random.default_rng(5).uniform(0.0, 0.4, 4000)
"""Of the closed form, per customer; mean .2."""


def gaining(share: float, seed: int = 6) -> Doubles:
    """The closed form's quality, higher by this share of its mean, but for noise between customers."""
    noise = np.random.default_rng(seed).normal(0.0, 0.05, len(QUALITY))
    return np.asarray(QUALITY + share * QUALITY.mean() + noise - noise.mean())


@pytest.mark.parametrize(
    ("rival", "share", "learned", "serves"),
    [
        ("ease", 0.03, True, "ease"),
        ("ease", 0.005, True, MEAN),  # within the noise
        ("lambdarank", 0.03, True, MEAN),  # the next window may differ by more
        ("lambdarank", 0.10, True, "lambdarank"),
        ("lambdarank", 0.10, False, REFERENCE),  # it knows what was bought in the validation's time
        ("ease", 0.10, False, "ease"),
        ("gnn", -0.10, True, MEAN),
    ],
)
def test_what_serves(rival: str, share: float, learned: bool, serves: str) -> None:
    found = {REFERENCE: QUALITY, MEAN: gaining(0.0, seed=7), rival: gaining(share)}
    assert best(found, learned=learned) == serves


@pytest.mark.parametrize(("share", "serves"), [(-0.01, REFERENCE), (-0.001, MEAN), (0.01, MEAN)])
def test_the_closed_form_alone_serves_where_the_pool_spoils_it(share: float, serves: str) -> None:
    assert best({REFERENCE: QUALITY, MEAN: gaining(share)}, learned=True) == serves


def test_the_mean_does_not_compete_where_its_pool_knows_the_time_of_validation() -> None:
    assert best({REFERENCE: QUALITY, MEAN: gaining(0.5)}, learned=False) == REFERENCE


def test_the_better_of_two_that_are_clearly_better() -> None:
    found = {
        REFERENCE: QUALITY,
        MEAN: QUALITY,
        "blend": gaining(0.2),
        "gnn": gaining(0.3),
        "ease": gaining(0.1),
    }
    assert best(found, learned=True) == "gnn"
