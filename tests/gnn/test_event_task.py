"""A task in a YAML file: its labels, its comparison, and what is wrong with a file told in a sentence."""

import re
from datetime import UTC
from pathlib import Path

import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

import relgraph
from gnn.own_model.errors import BadModel, NotPromoted
from gnn.own_model.event import read_declared
from gnn.snapshot.folder import keep
from tests.gnn.synthetic import START, full
from tests.paths import REPO

CUTOFF = START + pd.Timedelta(days=400)


def test_the_file_of_the_documentation_is_compared(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", (REPO / "docs/python.md").read_text("utf-8"), re.S)
    (tmp_path / "tickets.yml").write_text(text)
    log = full()
    keep(log, (START + pd.Timedelta(days=480)).to_pydatetime().replace(tzinfo=UTC), tmp_path / "snap")
    with relgraph.open(tmp_path / "snap") as company:
        task = company.task(str(tmp_path / "tickets.yml"), cutoff=str(CUTOFF.date()))
        _, _, test = task.split()
        tickets = log["tickets"]
        within = tickets[
            (tickets["opened_at"] >= CUTOFF) & (tickets["opened_at"] < CUTOFF + pd.Timedelta(days=60))
        ]
        assert (test["customer_id"].isin(within["customer_id"]).astype(int) == test["happened"]).all()
        assert 0 < test["happened"].mean() < 1
        report = task.compare(LogisticRegression(C=0.01, max_iter=500), seeds=1)
        assert {"LogisticRegression", "rfm_logistic", "gradient_boosting"} <= set(report.index)
        assert report["brier"].between(0, 0.5).all()
        with pytest.raises(NotPromoted, match="task from a file"):
            company.promote(report["LogisticRegression"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("event: ticket\nhorizon_days: 60", "name: Field required"),
        ("name: a\nevent: rain\nhorizon_days: 60", "event: Input should be"),
        ("name: a\nevent: ticket\nhorizon_days: 0", "horizon_days"),
        ("name: a\nevent: ticket\nhorizon_days: 9\nmetric: recall", "metric"),
        ("name: a\nevent: ticket\nhorizon_days: 9\nweather: fine", "weather"),
        ("name: [", "is no YAML"),
        ("[]", "the file"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "task.yml"
    path.write_text(text)
    with pytest.raises(BadModel, match=told):
        read_declared(path)
    with pytest.raises(BadModel, match="cannot be read"):
        read_declared(tmp_path / "absent.yml")
