"""Nearest customers by their vectors, against every pair compared."""

import numpy as np
import pytest

from gnn.cross_sell import nearest as module
from gnn.cross_sell.nearest import nearest


@pytest.mark.parametrize(("customers", "kept"), [(0, 0), (1, 0), (2, 1), (7, 6), (50, 10)])
def test_as_by_comparing_every_pair(monkeypatch: pytest.MonkeyPatch, customers: int, kept: int) -> None:
    monkeypatch.setattr(module, "ROWS", 16)
    vectors = np.random.default_rng(customers).normal(size=(customers, 8)).astype(np.float32)
    found, cosines = nearest(vectors)
    assert found.shape == cosines.shape == (customers, kept)
    for row in range(customers):
        cosine = [
            float(vectors[row] @ other / np.linalg.norm(vectors[row]) / np.linalg.norm(other))
            for other in vectors
        ]
        others = sorted((one for one in range(customers) if one != row), key=lambda one: -cosine[one])
        assert found[row].tolist() == others[:kept]
        assert cosines[row] == pytest.approx([cosine[one] for one in others[:kept]], abs=1e-5)


def test_a_vector_of_noughts_is_near_to_nobody() -> None:
    _, cosines = nearest(np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]))
    assert cosines[0].tolist() == [0.0, 0.0]
    assert cosines[1].tolist() == [1.0, 0.0]
