"""Seniority from mails alone: on Enron, where somebody wrote down who is senior."""

import pandas as pd
import pytest

from bench.hierarchy.enron import measure_enron, read
from gnn.reporting_lines.seniority import seniority
from tests.paths import shared_data


def test_senior_people_are_told_from_junior_ones_better_than_by_in_degree() -> None:
    rows = {str(row[0]): float(row[1]) for row in measure_enron(shared_data("enron")).rows}
    assert rows["hears_from"] == pytest.approx(0.812, abs=0.002)
    assert rows["seniority"] >= 0.85


def test_it_does_not_hang_on_the_order_of_people() -> None:
    folder = shared_data("enron")
    people = pd.read_csv(folder / "employees.tsv", sep="\t")
    turned = people.iloc[::-1].reset_index(drop=True)
    assert seniority(read(folder, people))[::-1] == pytest.approx(seniority(read(folder, turned)))
