"""The table of the quality bench: the lift is counted against own-history models, seeds are summed up."""

from bench.quality import LIFT, OWN, Judged, _table
from gnn.churn.fit import TABULAR
from gnn.cross_sell.scorers import ALONG_LINKS, SCORERS
from gnn.cross_sell.scorers import OWN as OWN_SCORERS


def test_a_table_tells_mean_and_range_over_the_seeds() -> None:
    seeds = [
        Judged(True, "churn", "180 days", size, {"recency": low, "selected": high, LIFT: high - low})
        for size, low, high in ((90, 0.6, 0.7), (100, 0.62, 0.8))
    ]
    other = Judged(False, "churn", "180 days", 5, {"recency": 0.1, "selected": 0.1, LIFT: 0.0})
    table = _table((True, "churn", "180 days"), [*seeds, other], 100, 2)
    assert table.title == "churn, 180 days, 100 customers with relational effects"
    assert table.rows == [
        ("recency", "0.610", "0.600 … 0.620", ""),
        ("selected", "0.750", "0.700 … 0.800", ""),
        (LIFT, "0.140", "0.100 … 0.180", "-0.368 … +0.648"),
    ]
    assert table.notes[0].startswith("90 … 100 customers counted")


def test_own_history_models_follow_no_link() -> None:
    assert set(OWN["churn"]) - set(TABULAR) == {"recency", "purchase_process", "process_blend"}
    assert not any(name.startswith("relational") for name in OWN["churn"])
    assert set(OWN_SCORERS) | set(ALONG_LINKS) == set(SCORERS)
