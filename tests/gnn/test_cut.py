"""Nothing from the future passes the cut."""

import numpy as np
import pandas as pd
import pytest

from gnn.cross_sell.scorers import CandidateScorers
from gnn.features.feature_set import feature_set
from gnn.features.history import newest_values
from gnn.snapshot import TABLES, Log, content_hash, cut, log_of
from gnn.snapshot.cut import as_of
from tests.gnn.synthetic import START, full

CUTOFF = START + pd.Timedelta(days=300)


def without_future(log: Log) -> Log:
    """The log with every row dated at or after the cut-off deleted, and later ends unknown."""
    tables = {}
    for name, table in TABLES.items():
        frame = log[name].copy()
        for column in ("at", "opened_at", "valid_from", "known_from"):
            if column in frame:
                frame = frame[~(frame[column] >= CUTOFF)]
        if "closed_at" in frame:
            later = frame["closed_at"] >= CUTOFF
            frame.loc[later, "closed_at"] = pd.NaT
            for column in table.until:
                frame.loc[later, column] = None
        tables[name] = frame
    return log_of(tables)


def test_changing_the_future_leaves_the_past_the_same() -> None:
    log = full()
    assert content_hash(cut(log, CUTOFF)) == content_hash(cut(without_future(log), CUTOFF))


def test_features_of_a_window_are_those_of_a_company_loaded_up_to_then() -> None:
    """Deals get products and dear orders come in another currency after the window began."""
    log = with_later_deals_and_currencies()
    told = [
        feature_set(one, CUTOFF, pd.Timedelta(days=60), ("Optics",)) for one in (log, without_future(log))
    ]
    np.testing.assert_array_equal(told[0].table.values, told[1].table.values)
    interests = [CandidateScorers(one.history).interest.toarray() for one in told]
    assert interests[0].any()
    np.testing.assert_array_equal(interests[0], interests[1])
    amounts = [one.history.purchases["amount"] for one in told]
    pd.testing.assert_series_equal(amounts[0], amounts[1])


def with_later_deals_and_currencies() -> Log:
    tables = dict(full().tables)
    deals, put, orders = tables["opportunities"], tables["interests"], tables["orders"]
    later = put.assign(product_id="P05", at=put["at"] + pd.Timedelta(days=25))
    tables["interests"] = pd.concat([put, later])
    tables["opportunities"] = deals.assign(closed_at=deals["closed_at"] + pd.Timedelta(days=60))
    yen = orders["order_id"].str.endswith(("1", "4", "7"))
    amount = orders["amount"].where(~yen, orders["amount"] * 150)
    dear = amount.where(~yen | (orders["at"] < CUTOFF), amount * 7)
    tables["orders"] = orders.assign(currency=yen.map({True: "JPY", False: "EUR"}), amount=dear)
    return log_of(tables)


def test_changing_the_past_changes_the_hash() -> None:
    log = full()
    changed = dict(log.tables)
    changed["orders"] = changed["orders"].assign(amount=101.0)
    assert content_hash(cut(log, CUTOFF)) != content_hash(cut(log_of(changed), CUTOFF))


def test_cutting_twice_is_cutting_at_the_earlier() -> None:
    log, later = full(), CUTOFF + pd.Timedelta(days=50)
    assert content_hash(cut(cut(log, later), CUTOFF)) == content_hash(cut(log, CUTOFF))


@pytest.mark.parametrize(
    ("valid_from", "known_from", "known_to", "seen"),
    [
        (-10, None, None, True),
        (0, None, None, False),
        (-10, 0, None, False),
        (-10, -5, -1, False),
        (-10, -5, 5, True),
    ],
)
def test_facts_on_both_clocks(
    valid_from: int, known_from: int | None, known_to: int | None, seen: bool
) -> None:
    def at(days: int | None) -> pd.Timestamp | None:
        return None if days is None else CUTOFF + pd.Timedelta(days=days)

    jobs = {
        "contact_id": ["p"], "customer_id": ["c"], "valid_from": [at(valid_from)], "valid_to": [at(3)],
        "known_from": [at(known_from)], "known_to": [at(known_to)],
    }  # fmt: skip
    kept = as_of(log_of({"jobs": pd.DataFrame(jobs)}), CUTOFF)["jobs"]
    assert len(kept) == seen
    assert kept["valid_to"].isna().all()


def test_what_was_replaced_later_is_known_in_earlier_windows() -> None:
    """A fact found wrong and a version replaced between a window and the cut-off."""
    window, between = CUTOFF - pd.Timedelta(days=60), CUTOFF - pd.Timedelta(days=20)
    begun = CUTOFF - pd.Timedelta(days=100)
    clocks = {"known_from": [begun, between], "known_to": [between, None]}
    log = log_of(
        {
            "customer_values": pd.DataFrame(
                {"customer_id": "c", "industry": ["Pumps", "Optics"], "region": ["N", None], **clocks}
            ),
            "jobs": pd.DataFrame(
                {"contact_id": "p", "customer_id": ["c", "d"], "valid_from": begun, **clocks}
            ),
        }
    )
    known = cut(log, CUTOFF)
    assert content_hash(cut(known, window)) == content_hash(cut(log, window))
    then, now = as_of(known, window), as_of(known, CUTOFF)
    assert [then["jobs"]["customer_id"].tolist(), now["jobs"]["customer_id"].tolist()] == [["c"], ["d"]]
    told = [newest_values(one["customer_values"], "customer_id", pd.Index(["c"])) for one in (then, now)]
    assert [one["industry"].tolist() for one in told] == [["Pumps"], ["Optics"]]
    assert told[0]["region"].tolist() == ["N"]
    assert told[1]["region"].isna().all(), "the new version names no region"


def test_outcomes_do_not_exist_before_closing() -> None:
    tickets = {
        "ticket_id": ["open", "closed"], "customer_id": ["c", "c"], "satisfaction": [1.0, 2.0],
        "opened_at": [CUTOFF - pd.Timedelta(days=5)] * 2,
        "closed_at": [CUTOFF, CUTOFF - pd.Timedelta(days=1)],
    }  # fmt: skip
    kept = cut(log_of({"tickets": pd.DataFrame(tickets)}), CUTOFF)["tickets"].set_index("ticket_id")
    assert kept["satisfaction"].isna().to_dict() == {"closed": False, "open": True}
    assert kept.loc["closed", "satisfaction"] == 2.0


def test_attribute_values_are_those_known_then() -> None:
    versions = pd.DataFrame(
        {"customer_id": ["c", "c", "c"], "industry": ["Pumps", None, "Optics"], "region": ["N", "S", "W"],
         "known_from": [CUTOFF - pd.Timedelta(days=9), CUTOFF - pd.Timedelta(days=3), CUTOFF]}
    )  # fmt: skip
    kept = cut(log_of({"customer_values": versions}), CUTOFF)["customer_values"]
    newest = newest_values(kept, "customer_id", pd.Index(["c"]))
    assert newest[["industry", "region"]].to_numpy().tolist() == [["Pumps", "S"]]


def test_unknown_tables_are_refused() -> None:
    with pytest.raises(KeyError, match="no such snapshot table"):
        log_of({"weather": pd.DataFrame()})
