"""Agreement of clusters with a truth, against counting pair by pair."""

import itertools
import random

import numpy as np
import pytest

from ingest.resolve.metrics import Agreement, bcubed, pair_agreement


def counted(found: list[int], truth: list[int], file: list[int] | None) -> Agreement:
    pairs = [
        (a, b) for a, b in itertools.combinations(range(len(found)), 2) if file is None or file[a] != file[b]
    ]
    together = {(a, b) for a, b in pairs if found[a] == found[b]}
    true = {(a, b) for a, b in pairs if truth[a] == truth[b]}
    both = len(together & true)
    precision, recall = both / len(together), both / len(true)
    return Agreement(precision, recall, 2 * precision * recall / (precision + recall))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("files", [False, True])
def test_pairs_are_counted(seed: int, files: bool) -> None:
    rng = random.Random(seed)
    found, truth = ([rng.randrange(6) for _ in range(40)] for _ in range(2))
    file = [rng.randrange(2) for _ in range(40)] if files else None
    got = pair_agreement(np.array(found), np.array(truth), np.array(file) if file else None)
    expected = counted(found, truth, file)
    assert (got.precision, got.recall, got.f1) == pytest.approx(
        (expected.precision, expected.recall, expected.f1)
    )


def test_bcubed_of_a_known_example() -> None:
    judged = bcubed(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]))
    assert judged.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert judged.recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
