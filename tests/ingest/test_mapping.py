"""Mapping files: what is right is read, what is wrong is told with its line."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from pydantic import TypeAdapter

from devtools import model_lists
from devtools.model_lists import DOCUMENT, renewed
from graph import sentences
from graph.inbox.event import Event
from ingest.errors import MappingInvalid
from ingest.mapping.model import Mapping
from ingest.mapping.read import read_mapping
from relgraph.settings import Settings
from tests.paths import REPO

GOOD = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes:
      - label: Customer
        key: id
        fields: {name: name}
"""


def faults(folder: Path, text: str) -> list[str]:
    path = folder / "m.yml"
    path.write_text(dedent(text).lstrip(), encoding="utf-8")
    with pytest.raises(MappingInvalid) as caught:
        read_mapping(path)
    assert caught.value.exit_code == 2
    return [fault.removeprefix(f"{folder}/") for fault in caught.value.faults]


SETTINGS_OF_RESOLVE = {"fake_1000.yml"}
EXAMPLES = {path.name for path in (REPO / "docs/examples").glob("*.yml")} - SETTINGS_OF_RESOLVE


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_examples_are_valid(name: str) -> None:
    assert read_mapping(REPO / "docs/examples" / name).datasets


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("source: crm", "sorce: crm", "m.yml:1: unknown key `sorce` in the mapping; did you mean `source`?"),
        (
            "key: id",
            "kee: id",
            "m.yml:7: unknown key `kee` in datasets.accounts.nodes.0; did you mean `key`?",
        ),
        ("Customer", "Custmer", "m.yml:6: unknown label `Custmer`; did you mean `Customer`?"),
        (
            "{name: name}",
            "{nmae: name, name: name}",
            "m.yml:8: Customer has no field `nmae`; did you mean `name`?",
        ),
        ("{name: name}", "{industry: name}", "m.yml:8: Customer needs the field `name`"),
        ("file: accounts.csv", "format: csv", "m.yml:3: `file` is missing in datasets.accounts"),
        ("source: crm", "source: crm\nsource: erp", "m.yml:2: `source` stands twice"),
        (
            "source: crm",
            "source: crm\nvalid_from: yesterday",
            "m.yml:2: `yesterday` is not an ISO date such as 2024-01-31",
        ),
        ("source: crm", "source: crm\ntimezone: Mars/Base", "m.yml:2: unknown time zone `Mars/Base`"),
        (
            "key: id",
            "key: {column: id, constant: x}",
            "m.yml:7: datasets.accounts.nodes.0.key: give one of `column` and `constant`, not both",
        ),
        (
            "{name: name}",
            "{name: name, created_at: {column: c, format: '%Q'}}",
            "m.yml:8: `%Q` is neither a date format nor a strptime pattern (known: cyyddd, day-first, "
            "epoch, epoch-ms, epoch-us, excel, iso, month-first)",
        ),
        (
            "key: id",
            "key: id\n        where: {column: a, matches: '('}",
            "m.yml:8: `(` is not a regular expression",
        ),
    ],
)
def test_faults_name_their_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told in faults(tmp_path, GOOD.replace(old, new))


def test_links_are_checked_against_the_model(tmp_path: Path) -> None:
    links = """
    links:
      - {type: WORKSAT, to: {Customer: id}}
      - {type: OWNS, from: {Contact: id}, to: {Customer: id}}
      - {type: PLACED, from: {Customer: id}, to: {Order: id}, valid_from: day}
      - {type: HAS_ROLE, from: {Contact: id}, to: {Opportunity: id}}
      - {type: RAISED_BY}
"""
    told = faults(tmp_path, GOOD + links)
    assert told[0].startswith("m.yml:11: unknown relationship `WORKSAT`; did you mean `WORKS_AT`?")
    assert told[1:] == [
        "m.yml:12: OWNS cannot stand at `Contact` (known: Employee)",
        "m.yml:13: PLACED takes its time from its record; it has no `valid_from`",
        "m.yml:14: HAS_ROLE needs the field `role` under `fields:`",
        "m.yml:15: RAISED_BY needs `from:`, its row makes 0 such nodes",
        "m.yml:15: RAISED_BY needs `to:`, its row makes 0 such nodes",
    ]


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "source: [", "a: b: c"])
def test_what_is_no_mapping_is_told(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)[0].startswith("m.yml:")


def test_a_missing_mapping_is_told(tmp_path: Path) -> None:
    with pytest.raises(MappingInvalid, match=r"absent\.yml: cannot be read: No such file"):
        read_mapping(tmp_path / "absent.yml")


def test_scalars_stay_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "m.yml"
    path.write_text(GOOD + "    null_values: [NULL, no, 2017-07-01, 012]\n", encoding="utf-8")
    assert read_mapping(path).datasets["accounts"].null_values == ["NULL", "no", "2017-07-01", "012"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("skip_lines: two", "skip_lines: `two` is not a whole number"),
        ("skip_lines: -1", "skip_lines: `-1` is below 0"),
        ("format: xlss", "format: `xlss` is none of `csv`, `tsv`, `xlsx`, `xls`; did you mean `xls`?"),
        ("delimiter: ';;'", "delimiter: `;;` is longer than 1 character"),
        ("header: perhaps", "header: `perhaps` is neither true nor false"),
        ("columns: []", "columns: is empty; it needs at least one entry"),
        ("columns: {a: b}", 'columns: `{"a":"b"}` is not a list such as `[a, b]`'),
        ("range: all", "range: `all` is no range of cells such as `A3:F20`"),
        ("decimal: x", "decimal: `x` is none of `.`, `,`"),
        ("nodes: [3]", "nodes.0: `3` is not a set of `name: value` entries"),
    ],
)  # fmt: skip
def test_wrong_values_are_answered_in_sentences(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "mapping.yml"
    path.write_text(f"source: crm\ndatasets:\n  a:\n    file: a.csv\n    {line}\n", encoding="utf-8")
    with pytest.raises(MappingInvalid) as caught:
        read_mapping(path)
    assert str(caught.value) == f"{path}:5: datasets.a.{told}"


def test_the_documents_lists_are_those_of_the_model() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert renewed(text) == text, "run `python -m devtools.model_lists`"


def test_whoever_asks_for_help_writes_no_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(model_lists, "DOCUMENT", tmp_path / "no.md")
    with pytest.raises(SystemExit, match="0"):
        model_lists.main(["--help"])


def patterns(schema: Any) -> Iterator[str]:
    """Every pattern of a JSON schema, however deep."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for part in schema.values():
            yield from patterns(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from patterns(part)


@pytest.mark.parametrize("model", [Mapping, Settings, Event])
def test_every_pattern_has_its_sentence(model: Any) -> None:
    used = set(patterns(TypeAdapter(model).json_schema()))
    assert used
    assert used <= sentences.PATTERNS.keys()
