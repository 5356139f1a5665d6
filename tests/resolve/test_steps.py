"""Steps of a linkage on small cases whose answer is known."""

import random

import duckdb
import numpy as np
import pandas as pd
import pytest

from ingest.resolve.cluster import average_link
from ingest.resolve.company import words_alike
from ingest.resolve.comparisons import ONE_EDIT, TWO_EDITS
from ingest.resolve.dates import read_dates
from ingest.resolve.name_parts import with_parts_of_names
from ingest.resolve.one_to_one import free_of_duplicates
from ingest.resolve.prior import prior_odds
from ingest.resolve.profile import Column, profile


def test_a_chain_of_one_doubtful_pair_joins_no_two_clusters() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2], [3, 4], [2, 3]])
    weight = np.array([9.0, 9.0, 9.0, 9.0, 1.0])
    label = average_link(5, pairs, weight)
    assert label[0] == label[1] == label[2] != label[3] == label[4]


def test_records_that_are_kept_apart_are_in_no_cluster_together() -> None:
    pairs, weight = np.array([[0, 1], [0, 2]]), np.array([5.0, 9.0])
    label = average_link(3, pairs, weight, np.array([0, 1, 1]))
    assert label[0] == label[2] != label[1]


def test_a_source_whose_records_are_each_others_nearest_has_duplicates() -> None:
    source = np.array([0] * 6 + [1] * 6)
    across = np.array([[n, n + 6] for n in range(6)])
    inside = np.array([[6, 7], [8, 9], [10, 11], [0, 1]])
    assert free_of_duplicates(across, np.full(6, 5.0), source).all()
    once = free_of_duplicates(np.vstack([inside, across[:1]]), np.array([6.0, 6.0, 6.0, 3.0, 4.0]), source)
    assert once.tolist() == [True, False]


def test_the_prior_is_found_from_the_weights() -> None:
    weight = np.concatenate([np.full(50, 20.0), np.full(5_000, -5.0)])
    total = 1_000 * 999 / 2
    assert prior_odds(weight, 1_000) == pytest.approx(np.log2(50 / total), abs=0.3)


def test_dates_are_read_in_the_order_of_their_column() -> None:
    cells = pd.Series(["13/02/1980", "01/03/1981", "1999-12-31", "19720504", "nothing", None])
    assert read_dates(cells).tolist() == ["19800213", "19810301", "19991231", "19720504", None, None]


def test_edits_that_are_told_at_once_are_those_of_the_distance() -> None:
    draw = random.Random(5)
    written = ["".join(draw.choices("ab1", k=draw.randrange(1, 20))) for _ in range(4_000)]
    pairs = [(text, _edited(text, draw.randrange(4), draw)) for text in written]
    with duckdb.connect() as scratch:
        both = scratch.from_df(pd.DataFrame(pairs, columns=["x_l", "x_r"]))
        for most, told in ((1, ONE_EDIT), (2, TWO_EDITS)):
            near = both.filter(f"damerau_levenshtein(x_l, x_r) <= {most}").fetchall()
            assert len(near) > 1_000
            assert both.filter(told.format(n="x")).fetchall() == near


def _edited(text: str, edits: int, draw: random.Random) -> str:
    """The text after so many of: one letter more, one less, another, two neighbours swapped."""
    for _ in range(edits):
        at = draw.randrange(len(text) + 1)
        one, rest = text[at : at + 1], text[at + 1 :]
        text = text[:at] + draw.choice(["a" + one + rest, rest, "b" + rest, rest[:1] + one + rest[1:]])
    return text


def test_whole_names_are_split() -> None:
    rows = pd.DataFrame({"name": ["Anna van Dyk", "Dyk, Anna", "Mr John Smith", None]})
    made, columns = with_parts_of_names(rows, [Column("name", "person_name", "")])
    assert [column.meaning for column in columns] == ["ignored", "given_name", "surname"]
    parts = made[[column.name for column in columns[1:]]].to_numpy().tolist()
    assert parts == [["Anna", "van Dyk"], ["Anna", "Dyk"], ["John", "Smith"], [None, None]]


@pytest.mark.parametrize(
    ("header", "cells", "meaning"),
    [
        ("Vorname", ["Anna", "Bert", "Anna"], "given_name"),
        ("E-Mail", ["a@x.de", "b@y.com", "c@z.org"], "email"),
        ("whatever", ["a@x.de", "b@y.com", "c@z.org"], "email"),
        ("birthDate", ["1980-01-02", "1999-12-31", "1980-01-02"], "date"),
        ("公司名称", ["上海宏远有限公司", "北京华信有限公司", "上海宏远有限公司"], "company_name"),
        ("name", ["Acme Ltd", "Zenith GmbH", "Foo Bar Inc"], "company_name"),
        ("row id", ["1", "2", "3"], "key"),
        ("source", ["a", "b", "a"], "source"),
        ("empty", [None, None, None], "ignored"),
        ("PLZ", ["52062", "28195", "52062"], "postcode"),
    ],
)
def test_columns_get_their_meaning(header: str, cells: list[str | None], meaning: str) -> None:
    assert profile(pd.DataFrame({header: cells}, dtype=object))[0].meaning == meaning


def test_a_word_order_an_abbreviation_and_a_lost_blank_leave_names_alike() -> None:
    weight = dict.fromkeys(("acme", "tool", "works", "acmetool", "international", "foods"), 1.0)
    assert words_alike(("acme", "tool", "works"), ("works", "acme", "tool"), weight) == pytest.approx(1.0)
    assert words_alike(("acme", "tool"), ("acmetool",), weight) == 1.0
    assert words_alike(("acme", "foods"), ("acme", "works"), weight) < 0.7
