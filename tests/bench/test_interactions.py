"""Interaction splits: how lines are read, and that what is chosen is chosen on the train file."""

from pathlib import Path

import numpy as np
import orjson
import pytest
from typer.testing import CliRunner

from bench.interactions.graph_filter import Shape, item_graph
from bench.interactions.lines import read_pairs
from bench.interactions.lists import top_items, without_owned
from gnn.features.history import indicator
from graph.errors import UsageError


def written(folder: Path, text: str) -> Path:
    """A file with this text."""
    file = folder / "lines.txt"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("1 5 9\n1 6 2.5\n2 5 1\n", [("1", "5"), ("1", "6"), ("2", "5")]),
        ("1 5 9\n2 5 1\n", [("1", "5"), ("1", "9"), ("2", "5"), ("2", "1")]),
        ("1 5 9 7\n\n2\n1 5\n", [("1", "5"), ("1", "9"), ("1", "7")]),
        ("\ufeff1 5\r\n1\t6\r\n", [("1", "5"), ("1", "6")]),
    ],
    ids=["triples", "three fields but every user once", "lists", "with a mark and other line ends"],
)
def test_the_form_of_the_lines_is_told_from_the_file(
    tmp_path: Path, text: str, pairs: list[tuple[str, str]]
) -> None:
    assert list(read_pairs(written(tmp_path, text)).itertuples(index=False, name=None)) == pairs


def test_a_file_without_pairs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no line names"):
        read_pairs(written(tmp_path, "1\n2\n"))


def test_a_header_is_no_user_and_no_weight_no_pair(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "user item weight\n1 5 9\n1 6 0\n1 7 -2\n2 5 1e0\n")
    assert read_pairs(file).to_numpy().tolist() == [["1", "5"], ["2", "5"]]
    header, weights = capsys.readouterr().err.splitlines()
    assert header == f"{file}: the first line is a header: user item weight"
    assert weights == f"{file}: 2 of 4 triples weigh 0 or less and are no pair"


@pytest.mark.parametrize(("sharpness", "order", "apart"), [(1.0, 1, 1e-3), (6.0, 3, 0.02)])
def test_the_filter_is_the_one_of_the_whole_spectrum(sharpness: float, order: int, apart: float) -> None:
    """Few eigenpairs exactly and a polynomial for the rest, against all eigenpairs, for items not owned."""
    draw = np.random.default_rng(0)
    bought = indicator(draw.integers(0, 700, 9000), draw.integers(0, 600, 9000), (700, 600)).astype(
        np.float32
    )
    graph, shape = item_graph(bought), Shape(0.25, sharpness, order, 8, 0.3)
    own = bought[np.arange(20)]
    values, vectors = np.linalg.eigh((graph.transposed @ graph.transposed.T).toarray().astype(np.float64))
    gains = shape.response(values)
    gains[-8:] += 0.3
    signal = (own.multiply(graph.degrees**-0.25)).toarray().T
    wanted = ((vectors * gains) @ (vectors.T @ signal) * (graph.degrees**0.25)[:, None]).T
    found = graph.filtered(shape, graph.projected(own, 0.25), graph.reached(own, 0.25, order))
    others = own.toarray() == 0
    assert np.abs(found - wanted)[others].max() < apart * np.abs(wanted).max()


def test_lists_hold_the_best_that_is_not_owned() -> None:
    owned = indicator(np.array([0]), np.array([2]), (1, 4))
    assert top_items(without_owned(np.array([[1.0, 3.0, 9.0, 2.0]], dtype=np.float32), owned)).tolist() == [
        [1, 3, 0, -1]
    ]


def test_one_row_is_selected_and_taste_is_found(tmp_path: Path) -> None:
    from bench.interactions.__main__ import app  # noqa: PLC0415 - a command of its own

    draw = np.random.default_rng(1)
    lines: dict[str, list[str]] = {"train": [], "test": []}
    for user in range(300):
        items = draw.choice(40, 16, replace=False) + 40 * (user % 3)
        lines["train"].append(" ".join(map(str, [user, *items[:12]])))
        lines["test"].append(" ".join(map(str, [user, *items[12:]])))
    for name, text in lines.items():
        (tmp_path / name).write_text("\n".join([*text, "900 1"]), encoding="utf-8")
    asked = ["--train", str(tmp_path / "train"), "--test", str(tmp_path / "test"), "--json"]
    rows = orjson.loads(CliRunner().invoke(app, asked).stdout)["rows"]
    assert sum(row["selected"] for row in rows) == 1
    recall = {row["model"]: row["recall@20"] for row in rows}
    chosen = next(row["model"] for row in rows if row["selected"])
    assert recall[chosen] > 2 * recall["popularity"]
