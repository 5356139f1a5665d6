"""Which cross-sell candidate serves: the closed form, unless another is clearly better on validation."""

import numpy as np
import pytest

from gnn.cross_sell.fit import REFERENCE, best
from gnn.features.history import Doubles

QUALITY = np.random.default_rng(5).uniform(0.0, 0.4, 4000)
"""Of the reference, per customer; mean .2."""


def gaining(share: float) -> Doubles:
    """The reference's quality, higher by this share of its mean, but for noise between customers."""
    noise = np.random.default_rng(6).normal(0.0, 0.05, len(QUALITY))
    return np.asarray(QUALITY + share * QUALITY.mean() + noise - noise.mean())


@pytest.mark.parametrize(
    ("rival", "share", "learned", "serves"),
    [
        ("ease", 0.03, True, "ease"),
        ("ease", 0.005, True, REFERENCE),  # within the noise
        ("lambdarank", 0.03, True, REFERENCE),  # the next window may differ by more
        ("lambdarank", 0.10, True, "lambdarank"),
        ("lambdarank", 0.10, False, REFERENCE),  # it knows what was bought in the validation's time
        ("ease", 0.10, False, "ease"),
        ("gnn", -0.10, True, REFERENCE),
    ],
)
def test_what_serves(rival: str, share: float, learned: bool, serves: str) -> None:
    assert best({REFERENCE: QUALITY, rival: gaining(share)}, learned=learned) == serves


def test_the_better_of_two_that_are_clearly_better() -> None:
    found = {REFERENCE: QUALITY, "blend": gaining(0.2), "gnn": gaining(0.3), "ease": gaining(0.1)}
    assert best(found, learned=True) == "gnn"
