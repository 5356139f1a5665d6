"""`relgraph resolve evaluate` on small files made here, and on public ones where they are."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from relgraph.cli import build
from tests.paths import REPO, shared_data
from tests.resolve.people import write_people


def evaluated(*arguments: object) -> dict[str, Any]:
    result = CliRunner().invoke(build(), ["resolve", "evaluate", *map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert len(lines) == 1
    loaded: dict[str, Any] = json.loads(lines[0])
    return loaded


def refused(*arguments: object) -> str:
    result = CliRunner().invoke(build(), ["resolve", "evaluate", *map(str, arguments), "--json"])
    assert result.exception is not None
    return str(result.exception)


def test_people_are_linked_by_defaults_and_twice_the_same(tmp_path: Path) -> None:
    people = write_people(tmp_path / "people.csv", people=150, seed=3)
    first, again = (evaluated(people, "--truth", "person") for _ in range(2))
    assert first["f1"] > 0.9
    assert set(first) == {"precision", "recall", "f1", "bcubed", "records", "clusters", "seconds"}
    assert set(first["bcubed"]) == {"precision", "recall", "f1"}
    assert {**first, "seconds": 0} == {**again, "seconds": 0}


def test_a_truth_column_can_be_read_by_its_first_group(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("mark;company\na-1;Acme Tools Ltd\na-2;ACME Tools Limited\nb-1;Zenith Foods GmbH\n")
    judged = evaluated(path, "--truth", "mark", "--truth-pattern", "^([a-z])")
    assert (judged["f1"], judged["records"], judged["clusters"]) == (1.0, 3, 2)


def test_pairs_of_two_files_are_closed_and_counted_between_them(tmp_path: Path) -> None:
    left, right, pairs = tmp_path / "left.csv", tmp_path / "right.psv", tmp_path / "pairs.csv"
    left.write_text("id,title\n1,Sony Receiver STR-DH520\n2,Bosch Drill GSB-13RE\n")
    right.write_text("id|title\n1|Sony STRDH520 Receiver black\n7|Bosch GSB13RE drill 600 W\n")
    pairs.write_text("D1,D2\n1,1\n2,7\n")
    judged = evaluated(left, right, "--truth", pairs)
    assert (judged["precision"], judged["recall"], judged["records"]) == (1.0, 1.0, 4)


def test_a_truth_without_a_pair_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("company,truth\nAcme Tools Ltd,1\nACME Tools Limited,2\nZenith Foods GmbH,3\n")
    result = CliRunner().invoke(build(), ["resolve", "evaluate", str(path), "--truth", "truth", "--json"])
    assert "`truth` holds no pair of records" in " ".join(result.stderr.split())
    assert json.loads(result.stdout)["records"] == 3


def test_an_empty_config_says_nothing(tmp_path: Path) -> None:
    path, config = tmp_path / "names.csv", tmp_path / "empty.yml"
    path.write_text("company,truth\nAcme Tools Ltd,1\nACME Tools Limited,1\nZenith Foods GmbH,2\n")
    config.write_text("")
    assert evaluated(path, "--truth", "truth", "--config", config)["f1"] == 1.0


@pytest.mark.parametrize(
    ("text", "said"), [("colums: {}", "colums"), ("threshold: 2", "threshold"), ("[", "not valid YAML")]
)
def test_a_wrong_config_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path, config = tmp_path / "names.csv", tmp_path / "wrong.yml"
    path.write_text("company,truth\nAcme,1\nAcme,1\n")
    config.write_text(text)
    assert said in refused(path, "--truth", "truth", "--config", config)


def test_a_wrong_truth_is_refused(tmp_path: Path) -> None:
    path, pairs = tmp_path / "names.csv", tmp_path / "pairs.csv"
    path.write_text("id,company\n1,Acme\n2,Acme\n")
    pairs.write_text("a,b\n1,9\n")
    assert "neither a file nor a column" in refused(path, "--truth", "nothing")
    assert "'9'" in refused(path, "--truth", pairs)
    other = tmp_path / "other.csv"
    other.write_text("id,company\n9,Acme\n8,Zenith\n")
    assert "in the order of the columns" in refused(other, path, "--truth", pairs)
    assert "no group" in refused(path, "--truth", "id", "--truth-pattern", "x")
    assert "missing.csv" in refused(tmp_path / "missing.csv", "--truth", "id")


def test_public_people_with_the_example_settings() -> None:
    config = REPO / "docs" / "examples" / "fake_1000.yml"
    assert (
        evaluated(
            shared_data("entity_resolution") / "fake_1000.csv", "--truth", "cluster", "--config", config
        )["f1"]
        >= 0.75
    )


def test_public_products() -> None:
    folder = shared_data("entity_resolution") / "abt_buy"
    judged = evaluated(folder / "abt.csv", folder / "buy.csv", "--truth", folder / "gt.csv")
    assert judged["f1"] >= 0.8


def test_chinese_companies_made_by_hand() -> None:
    judged = evaluated(REPO / "tests" / "resolve" / "chinese_companies.csv", "--truth", "企业")
    assert judged["f1"] >= 0.9
