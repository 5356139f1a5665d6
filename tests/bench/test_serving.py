"""The tables of the serving bench, and that every question reads the same ids from all ways to ask it."""

import os
from typing import Any

import pytest

from bench.serving.measure import Effort, Took, crowds, latencies, tables
from bench.serving.processor import milliseconds
from bench.serving.questions import questions

RUN = {
    "Q1": {
        "bare": Took([2.0, 2.0, 4.0], [1.0, 1.0, 4.0], same=3, rates=[100.0, 300.0], crowded=[5.0, 7.0]),
        "relgraph": Took([3.0, 3.0, 9.0], [2.0, 2.0, 8.0], same=2, rates=[100.0], crowded=[9.0], failed=4),
    }
}


def test_a_ratio_is_of_medians_and_the_goal_stands_at_ours() -> None:
    title = f"Q1 {questions()['Q1'].title}"
    assert [row[:2] + row[4:] for row in latencies(RUN)] == [
        (title, "bare", "1.00", "", 2.0, "1.00", "100%"),
        (title, "relgraph", "1.50", "≤ 1.5", 4.0, "2.00", "67%"),
    ]
    assert [row[2] for row in latencies(RUN)] == [2.0, 3.0]
    assert latencies(RUN)[1][3] == pytest.approx(8.88)


def test_processor_time_grows_with_what_a_process_computes() -> None:
    before = milliseconds([os.getpid()])
    sum(number * number for number in range(200_000))
    assert milliseconds([os.getpid()]) - before > 1
    assert milliseconds([]) == 0


def test_rates_are_medians_of_the_rounds_and_failures_are_counted() -> None:
    assert [(row[1], row[2], row[5], row[6]) for row in crowds(RUN)] == [
        ("bare", 200, "1.00", 0),
        ("relgraph", 100, "0.50", 4),
    ]


def test_a_crowd_that_nobody_answered_has_no_time() -> None:
    silent = {"Q2": {"bare": Took(rates=[10.0], crowded=[1.0]), "relgraph": Took(rates=[0.0], failed=9)}}
    assert crowds(silent)[1] == ("Q2", "relgraph", 0, "–", "–", "0.00", 9)


def test_every_row_has_a_cell_for_each_column() -> None:
    for table in tables("embedded", 300, RUN, Effort()):
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_chain_is_climbed_to_its_top() -> None:
    top = {"node": {"contactId": "c"}}
    middle = {"node": {"contactId": "b", "superiorsConnection": {"edges": [top]}}}
    holder = {"node": {"contactId": "a", "superiorsConnection": {"edges": [middle]}}}
    empty: dict[str, Any] = {"holdersConnection": {"edges": []}}
    deal = {"holdersConnection": {"edges": [holder]}, "customers": [empty]}
    question = questions()["Q2"]
    people = [{"contact_id": one} for one in "abc"]
    assert question.of_library({"opportunities": [deal]}) == question.of_bare({"people": people}) == {*"abc"}
