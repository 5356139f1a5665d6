"""Measurements are kept: what changed, what to repair, what people decide about it, and the report."""

import re
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from graph.quality import Place, Share
from graph.quality.missing import MissingField, missing_fields
from graph.service import run_sync
from graph.store import EngineConfig
from relgraph.quality.page import page
from relgraph.quality.run import Quality
from tests.conftest import Cli, command_line
from tests.html_page import Page
from tests.quality.company import NOW, Measuring, drawn

CITY = Place("erp", "Customer", "city")
TIER = Place("crm", "Customer", "x_tier")


def repairs(quality: Quality) -> dict[Place, MissingField]:
    return {one.place: one for one in quality.repairs}


def changes(quality: Quality) -> dict[Place, float]:
    return {one.measure.place: one.change[1] for one in quality.changes if one.change}


@pytest.mark.slow
def test_a_repair_closes_its_alert_and_a_column_that_vanishes_raises_one(measuring: Measuring) -> None:
    files = drawn(1)
    measuring.load(files)
    first = measuring.measure()
    assert (first.earlier, changes(first)) == ((), {})
    alert = repairs(first)[CITY]
    missing = int((files.debtors["city"] == "").sum())
    assert alert.message == (
        f"erp: Customer city is missing in {missing} of 20 records ({5 * missing}%). "
        "Fill the column city of debtors.csv, export it again and load it."
    )
    assert TIER in repairs(first)
    files.debtors["city"] = "Ulm"
    files.accounts["tier"] = ""
    files.accounts["changed"] = "2025-12-31"
    measuring.load(files)
    later = NOW + timedelta(days=31)
    second = measuring.measure(later)
    assert [one.at for one in second.earlier] == [NOW]
    told = {one.measure.place: one.measure for one in second.changes}
    assert told[CITY].shares["completeness"] == Share(20, 20)
    assert changes(second)[TIER] < -0.5
    assert CITY not in repairs(second)
    gone = repairs(second)[TIER]
    assert (gone.since, gone.severity) == (NOW, "critical"), "it goes on, and has become grave"
    assert told[TIER].shares["completeness"] == Share(0, 40)
    assert told[TIER].expected
    again = measuring.measure(later)
    assert again.newest.measurement_id == second.newest.measurement_id
    assert [one.at for one in again.earlier] == [NOW], "the same measures of the same moment are kept once"


@pytest.mark.parametrize(("language", "says"), [("en", "What to repair"), ("zh", "待修复")])
def test_the_page_needs_nothing_else(measuring: Measuring, language: str, says: str) -> None:
    files = drawn(1, customers=8)
    files.accounts["tier"] = ["<b>"] * 7 + [""]
    measuring.load(files)
    measuring.measure()
    html = page(measuring.measure(NOW + timedelta(days=1)), "zh" if language == "zh" else "en")
    shown = Page(html)
    assert not shown.tags & {"script", "link", "img", "b"}
    assert {"svg", "polyline", "table"} <= shown.tags
    assert not shown.fetched
    assert says in shown.text
    assert "Customer.x_tier" in shown.text


@pytest.mark.slow
@pytest.mark.query("quality.alerts")
def test_on_the_command_line_and_a_decision_that_stays(
    cli: Cli, measuring: Measuring, tmp_path: Path
) -> None:
    measuring.home = measuring.store.config.home
    measuring.load(drawn(1))
    asked = ("quality", "--now", NOW.isoformat())
    html = tmp_path / "reports" / "page.html"
    told = orjson.loads(cli(*asked, "--json", "--html", html).stdout)
    alert = next(one for one in told["repairs"] if one["field"] == "city" and one["source"] == "erp")
    assert "<svg" in html.read_text("utf-8")
    measuring.store.upsert_nodes("Employee", [{"id": "eva", "props": {"name": "Eva"}}])
    cli("alerts", "mute", alert["alert_id"], "--by", "eva", "--reason", "nobody knows it")
    lines = cli(*asked, "--lang", "zh").stdout
    assert re.search(r"^erp +Customer\.city ", lines, re.M)
    assert alert["alert_id"] not in lines
    (muted,) = run_sync(measuring.store, missing_fields, states=("muted",))
    assert (muted.alert_id, muted.state_reason) == (alert["alert_id"], "nobody knows it")


def test_a_page_that_cannot_be_written_is_refused_before_measuring(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("", encoding="utf-8")
    relgraph = command_line(EngineConfig(home=tmp_path / "home"), tmp_path)
    done = relgraph("quality", "--html", tmp_path / "reports" / "page.html", check=False)
    assert done.returncode == 2
    assert "page.html cannot be written" in done.stderr
    assert not (tmp_path / "home").exists()
