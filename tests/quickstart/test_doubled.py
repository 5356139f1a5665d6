"""Which pairs of records a first look names."""

import pytest

from graph.merge.candidate import Weight
from ingest.resolve.linking.judge import Judged, Pair
from ingest.resolve.linking.run import Report
from relgraph.quickstart.doubled import LinkedOnce, doubled_findings


def linked(pair: Pair) -> LinkedOnce:
    judged = Judged((), (pair,))
    report = Report("Customer", 2, 2, None, None, (), 1, 1, 0, dry=True, judged=judged)
    return LinkedOnce([report], {})


@pytest.mark.parametrize("apart", [False, True])
def test_two_tax_numbers_keep_a_pair_back(apart: bool) -> None:
    weights = (Weight("city", "Bonn", "Bonn", 3.0), Weight("tax_id", "1", "2" if apart else None, 0.0))
    pair = Pair(("a", "b"), ("Moinho Sul", "Moinho Norte"), 0.7, weights, apart=apart)
    assert [one.evidence for one in doubled_findings(linked(pair), "en")] == (
        [] if apart else [("Customer:a", "Customer:b")]
    )
