"""Columns of contacts by which somebody refuses or gives consent become consents of a proposed mapping."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.propose import propose
from ingest.revert.run import revert
from tests.ingest.conftest import NOW, Workshop
from tests.ingest.proposal.folder import write

NAMES = ["Ann Lee", "Bob Ray", "Cy Moss", "Di Fox", "Ed Poe", "Flo Day"]


def contacts(folder: Path, header: str, cells: list[str]) -> None:
    rows = [
        (f"C{n}", name, f"p{n}@acme.com", cell)
        for n, (name, cell) in enumerate(zip(NAMES, cells, strict=True))
    ]
    write(folder, "contacts.csv", [["Contact ID", "Full Name", "Email", header], *rows])


def consents(folder: Path) -> list[tuple[str, bool, list[str]]]:
    """Purpose, whether it is refused, and in which cells, of each consent that is proposed."""
    ((_, dataset),) = mapping_of(propose([folder]))["datasets"].items()
    return [
        (one["to"]["Purpose"]["constant"], one.get("refused", False), sorted(one["where"]["in"]))
        for one in dataset.get("links", ()) if one["type"] == "CONSENTS"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "cells", "found"),
    [
        ("Email Opt Out", ["true", "false"] * 3, [("marketing", True, ["true"])]),
        ("HasOptedOutOfEmail", ["1", "0"] * 3, [("marketing", True, ["1"])]),
        ("Do not allow Bulk Emails", ["Do Not Allow", "Allow"] * 3, [("marketing", True, ["Do Not Allow"])]),
        ("do_not_call", ["Yes", "No"] * 3, [("marketing", True, ["Yes"])]),
        ("请勿联系", ["是", "否"] * 3, [("contact", True, ["是"])]),
        ("Email opt in", ["yes", "no"] * 3, [("marketing", False, ["yes"])]),
        (
            "Marketing status",
            ["Subscribed", "Unsubscribed"] * 3,
            [("marketing", False, ["Subscribed"]), ("marketing", True, ["Unsubscribed"])],
        ),
        (
            "Legal basis for processing contact's data",
            ["Freely given consent from contact", "Not applicable", "Performance of a contract"] * 2,
            [("contact", False, ["Freely given consent from contact", "Performance of a contract"])],
        ),
        ("Newsletter", ["weekly", "monthly", "sports"] * 2, []),
        ("Opt out reason", ["yes", "no"] * 3, []),
        ("Email Opt Out", ["false"] * 6, []),
    ],
)
def test_a_column_that_states_consent(
    tmp_path: Path, header: str, cells: list[str], found: list[tuple[str, bool, list[str]]]
) -> None:
    contacts(tmp_path, header, cells)
    assert consents(tmp_path) == found


MAPPING = """
source: crm
datasets:
  people:
    file: people.csv
    exported_at: {day}
    nodes:
      - {{label: Contact, key: id, fields: {{name: name}}}}
      - {{label: Purpose, key: {{constant: marketing}}, repeats: first}}
    links:
      - {{type: CONSENTS, where: {{column: opt_in, equals: "yes"}}}}
      - {{type: CONSENTS, refused: true, where: {{column: opt_in, equals: "no"}}}}
"""
STATED = """
MATCH (c:Contact)-[w:CONSENTS]->(p:Purpose) WHERE w.known_to IS NULL
RETURN p.purpose_id AS purpose, w.valid_from AS since, w.valid_to AS until ORDER BY since, until
"""


def test_a_refusal_ends_what_was_given_and_begins_no_consent(workshop: Workshop) -> None:
    days = [datetime(2025, month, 1, tzinfo=UTC) for month in (3, 6)]
    for day, answer in zip(days, ("yes", "no"), strict=True):
        workshop.put(people_csv=f"id,name,opt_in\n1,Ann,{answer}\n")
        workshop.load(MAPPING.format(day=f"{day:%Y-%m-%d}"))
    assert [tuple(row.values()) for row in workshop.ask(STATED)] == [
        ("marketing", days[0], days[1]), ("marketing", days[1], days[1]),
    ]  # fmt: skip
    assert not workshop.load(MAPPING.format(day=f"{NOW:%Y-%m-%d}")).changed


def test_a_purpose_that_two_sources_share_stays_when_one_load_is_taken_back(workshop: Workshop) -> None:
    day = datetime(2025, 3, 1, tzinfo=UTC)
    runs = []
    for source, name in (("crm", "Ann"), ("shop", "Bob")):
        workshop.put(people_csv=f"id,name,opt_in\n1,{name},yes\n")
        mapping = MAPPING.format(day=f"{day:%Y-%m-%d}").replace("source: crm", f"source: {source}")
        runs.append(workshop.load(mapping).run_id)
    assert len(workshop.ask(STATED)) == 2
    revert(workshop.store, workshop.home, runs[0], NOW)
    assert [tuple(row.values()) for row in workshop.ask(STATED)] == [("marketing", day, None)]
