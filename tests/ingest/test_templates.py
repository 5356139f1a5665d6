"""Mappings that come with relgraph: what exports make, with columns missing or otherwise named."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlwt
import yaml

from graph.errors import UsageError
from graph.model import FACTS, NODES, PARTS
from ingest.errors import ColumnMissing
from ingest.mapping.reads import own_columns
from ingest.mapping.schema import mapping_schema
from ingest.report import Report
from ingest.run import ingest
from ingest.templates.fit import fitted
from ingest.templates.read import read_template, template_names, templates
from tests.ingest.conftest import NOW, Workshop
from tests.paths import shared_data

pytestmark = pytest.mark.slow

EXPORTS: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("template_exports.yml").read_text(encoding="utf-8")
)


def load(workshop: Workshop, template: str, root: Path) -> tuple[Report, list[str]]:
    mapping, notes = fitted(read_template(template), root, workshop.home)
    return ingest(workshop.store, mapping, root, workshop.home, NOW), notes


@pytest.mark.parametrize("name", EXPORTS)
def test_what_an_export_makes(workshop: Workshop, name: str) -> None:
    files, makes = EXPORTS[name]["files"], EXPORTS[name]["makes"]
    folder = workshop.folder / "export"
    folder.mkdir()
    for file, content in files.items():
        put(folder / file, content)
    report, notes = load(workshop, name, folder)
    assert report.totals["quarantined"] == 0, report.reasons
    counts = workshop.counts()
    assert {label: counts.get(label, 0) for label in makes} == makes
    assert all("which the export lacks" in note for note in notes)
    assert not load(workshop, name, folder)[0].changed


def put(path: Path, content: str) -> None:
    """An export as Chinese systems write it: an old workbook, GB18030, or JSON, which is UTF-8."""
    if path.suffix != ".xls":
        path.write_bytes(content.encode("utf-8" if path.suffix == ".jsonl" else "gb18030"))
        return
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for row, line in enumerate(content.splitlines()):
        for column, cell in enumerate(line.split(",")):
            sheet.write(row, column, cell)
    book.save(str(path))


@pytest.mark.parametrize(
    ("template", "folder", "makes"),
    [
        ("hubspot", "hubspot_zendesk_jira", {"Customer": "hubspot_company", "Employee": "hubspot_owner"}),
        ("zendesk", "hubspot_zendesk_jira", {"Contact": "zendesk_user"}),
        ("salesforce", "salesforce", {"Contact": "sf_contact_data", "Product": "sf_product_2_data"}),
    ],
)
def test_public_files_load_with_templates_alone(
    workshop: Workshop, template: str, folder: str, makes: dict[str, str]
) -> None:
    root = shared_data(f"crm_formats/{folder}")
    report, _ = load(workshop, template, root)
    assert all(item.adds_up for item in report.datasets.values())
    counts = workshop.counts()
    rows = {label: len(pd.read_csv(root / f"{file}.csv")) for label, file in makes.items()}
    assert {label: counts.get(label, 0) for label in makes} == rows


def test_a_key_that_is_missing_stops_the_load(workshop: Workshop) -> None:
    (workshop.folder / "客户.csv").write_text("客户,省\n宏达,广东\n", encoding="utf-8")
    with pytest.raises(ColumnMissing, match="客户名称"):
        load(workshop, "fxiaoke", workshop.folder / "客户.csv")


def test_every_template_says_where_its_headers_were_seen() -> None:
    listed = list(templates())
    assert [one.name for one in listed] == template_names()
    assert all(re.match("sourced|assumed", one.headers) and one.about and one.files for one in listed)
    assert all(
        any(own_columns(one)) for name in template_names() for one in read_template(name).datasets.values()
    )
    with pytest.raises(UsageError, match="did you mean `fxiaoke`"):
        read_template("fxiaokee")


def test_the_schema_of_mappings_knows_labels_fields_and_short_forms() -> None:
    schema = mapping_schema()
    shapes = schema["$defs"]
    assert {"Customer", "Item"} <= set(shapes["NodeRule"]["properties"]["label"]["enum"]) <= set(NODES)
    assert (
        {"WORKS_AT", "PLACED"}
        <= set(shapes["LinkRule"]["properties"]["type"]["enum"])
        <= set(FACTS) | set(PARTS)
    )
    rules = {one["if"]["properties"]["label"]["const"]: one["then"] for one in shapes["NodeRule"]["allOf"]}
    assert "tax_id" in rules["Customer"]["properties"]["fields"]["propertyNames"]["enum"]
    assert {"type": "string"} in shapes["Value"]["anyOf"]
    assert "pull" in schema["properties"]
