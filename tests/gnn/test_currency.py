"""Amounts of several currencies become comparable for features; those of one stay as they are."""

import pandas as pd

from gnn.snapshot.currency import comparable


def orders(*rows: tuple[str, float, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["order_id", "amount", "currency"])
    return frame.assign(rate=1.0)


LINES = pd.DataFrame({"order_id": ["a", "b", "c", "d"], "amount": [10.0, 20.0, 3000.0, 1500.0]})


def test_one_currency_stays_as_it_is() -> None:
    one = orders(("a", 10.0, "EUR"), ("b", 20.0, "EUR"))
    scaled, lines = comparable(one, LINES)
    assert scaled["amount"].tolist() == [10.0, 20.0]
    assert lines is LINES


def test_a_median_order_weighs_the_same_in_every_currency() -> None:
    several = orders(
        ("a", 10.0, "EUR"), ("b", 20.0, "EUR"), ("e", 15.0, "EUR"), ("c", 3000.0, "JPY"), ("d", 1500.0, "JPY")
    )
    scaled, lines = comparable(several, LINES)
    assert scaled["amount"].tolist() == [10.0, 20.0, 15.0, 20.0, 10.0]
    assert lines["amount"].tolist() == [10.0, 20.0, 20.0, 10.0]


def test_lines_follow_the_rate_of_their_order() -> None:
    converted = orders(("a", 5.0, "EUR")).assign(rate=0.5)
    scaled, lines = comparable(converted, LINES)
    assert scaled["amount"].tolist() == [5.0]
    assert lines["amount"].tolist()[0] == 5.0
    assert comparable(pd.DataFrame(), LINES)[1] is LINES
