"""Ties and leavers beside the truth, by hand."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from bench.relations import JOBS, TIES, of_leavers, of_ties
from cypher import Query
from relgraph.demo.company import Company

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Told:
    """A store that answers these two statements."""

    def __init__(self, ties: dict[tuple[str, str], float], gone: dict[str, list[float]]) -> None:
        self.rows: dict[str, list[dict[str, object]]] = {
            TIES.name: [
                {"employee": f"crm:{one}", "contact": f"crm:{other}", "strength": strength,
                 "derived_at": NOW, "half_life": 200.0}
                for (one, other), strength in ties.items()
            ],
            JOBS.name: [{"contact": f"crm:{one}", "gone": sure} for one, sure in gone.items()],
        }  # fmt: skip

    def read(self, query: Query) -> list[dict[str, object]]:
        return self.rows[query.name]


def company(tmp_path: Path) -> Company:
    """Four pairs that mailed, and three people of whom two have left."""
    ties = pd.DataFrame({"user_id": ["u"] * 4, "contact_id": list("abcd"), "mails": [1, 2, 8, 9]})
    ties.to_parquet(tmp_path / "ties.parquet")
    jobs = pd.DataFrame(
        {"contact_id": list("aabc"), "from": ["2020", "2022", "2020", "2020"],
         "to": ["2022", "", "2023", "2024"]}
    )  # fmt: skip
    jobs.to_parquet(tmp_path / "jobs.parquet")
    return Company(tmp_path, tmp_path)


def test_strength_is_held_against_the_mails_that_were(tmp_path: Path) -> None:
    right = Told({("u", "a"): 0.1, ("u", "b"): 0.2, ("u", "c"): 0.8, ("u", "d"): 0.9}, {})
    assert "4 pairs; strong from weak AUC 1.000" in of_ties(right, company(tmp_path), NOW)
    assert "rank correlation with mails 1.000" in of_ties(right, company(tmp_path), NOW)
    half = Told({("u", "b"): 0.2, ("u", "d"): 0.9}, {})
    assert "AUC 0.625" in of_ties(half, company(tmp_path), NOW), "a pair without a tie counts as 0"


def test_leavers_are_those_whose_last_job_has_ended(tmp_path: Path) -> None:
    said = of_leavers(Told({}, {"a": [0.85], "b": [0.85], "c": [0.3], "e": []}), company(tmp_path))
    assert said.startswith("leavers: 2 of 4 people shown as current had left, 2 are said to have; ")
    assert "precision 0.500" in said
    assert "recall 0.500" in said
