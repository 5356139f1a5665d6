"""A proposed mapping is loaded as it stands: nothing in it needs to be edited first."""

from pathlib import Path

import pytest
import yaml

from bench.init.make import make_folder
from bench.init.measure import FOLDERS
from ingest.mapping.read import read_mapping
from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop

LOADED = {
    "salesforce_reports": {
        "Customer": 40,
        "Employee": 12,
        "Contact": 40,
        "Opportunity": 40,
        "WORKS_AT": 40,
        "FOR": 40,
    },
    "yonyou_u8": {"Customer": 40, "Product": 40, "CONTAINS": 80, "Invoice": 40},
    "mail_and_staff": {"Employee": 15, "Interaction": 40},
    "headerless": {"Customer": 40, "Contact": 40, "Order": 40, "PLACED": 40, "WORKS_AT": 40},
}
"""Of some folders: how many nodes and links their rows are, told by their labels alone."""


@pytest.mark.slow
@pytest.mark.parametrize("name", LOADED)
def test_a_proposed_mapping_loads_without_being_edited(workshop: Workshop, name: str) -> None:
    stated = yaml.safe_load((FOLDERS / f"{name}.yml").read_text(encoding="utf-8"))
    make_folder(stated, workshop.folder)
    text = mapping_text(propose([workshop.folder]))
    report = workshop.load(text)
    assert all(item.adds_up for item in report.datasets.values())
    assert report.totals["quarantined"] == 0, report.reasons
    counts = workshop.counts()
    assert {kind: counts.get(kind, 0) for kind in LOADED[name]} == LOADED[name]
    assert not workshop.load(text).changed


@pytest.mark.parametrize(
    "name", ["blind/meetings", "flat_orders", "fxiaoke", "german_erp", "visits_zh", "zendesk"]
)
def test_a_proposed_mapping_is_a_valid_one(tmp_path: Path, name: str) -> None:
    make_folder(yaml.safe_load((FOLDERS / f"{name}.yml").read_text(encoding="utf-8")), tmp_path)
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(mapping_text(propose([tmp_path])), encoding="utf-8")
    assert read_mapping(mapping).datasets


def test_people_told_apart_by_name_have_it_and_who_sold_once_owns_no_account(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(
        "Account ID,Account Name,Account Owner,Primary Contact\n"
        "1,Apex Inc,Gwen Haddad,Hugo Novak\n2,Harbor Ltd,Tara Silva,Rosa Petrov\n"
    )
    (tmp_path / "orders.csv").write_text(
        "Order No,Order Date,Account ID,Sales Rep\nO1,2024-01-02,1,Tara Silva\nO2,2024-01-03,2,Tara Silva\n"
    )
    datasets = mapping_of(propose([tmp_path]))["datasets"]
    nodes = {node["label"]: node for node in datasets["accounts"]["nodes"]}
    assert nodes["Employee"]["fields"] == {"name": "Account Owner"}
    assert nodes["Contact"]["fields"] == {"name": "Primary Contact"}
    assert [link["type"] for link in datasets["accounts"]["links"]].count("OWNS") == 1
    assert [link["type"] for link in datasets["orders"]["links"]] == ["PLACED"]


def test_the_labelled_folders_are_there(tmp_path: Path) -> None:
    stated = yaml.safe_load((FOLDERS / "zendesk.yml").read_text(encoding="utf-8"))
    assert make_folder(stated, tmp_path) == make_folder(stated, tmp_path)
