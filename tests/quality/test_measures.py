"""Each measure against a count of the files themselves, by pandas."""

import re
from datetime import UTC, datetime

import pandas as pd
import pytest

from graph.quality import Place, Share
from relgraph.quality.run import Quality
from tests.quality.company import NOW, Files, Measuring, drawn

FIELDS = {
    ("crm", "Customer"): ("accounts", {"name": "name", "tax_id": "tax", "phone": "phone", "city": "city",
                                       "country": "country", "employees": "staff", "x_tier": "tier"}),
    ("erp", "Customer"): ("debtors", {"name": "name", "tax_id": "tax", "city": "city"}),
    ("crm", "Contact"): ("people", {"name": "name", "email": "mail", "language": "language"}),
    ("crm", "WORKS_AT"): ("people", {"title": "title"}),
}  # fmt: skip
COUNTRIES = {"DE", "Germany", "Deutschland"}


def shares(quality: Quality, aspect: str) -> dict[Place, Share]:
    return {
        one.place: one.shares[aspect]  # type: ignore[index] # a test's own word
        for one in quality.newest.measures if aspect in one.shares
    }  # fmt: skip


def completeness(files: Files) -> dict[Place, Share]:
    """By pandas: filled cells of each column that holds any; a telephone number has a digit."""
    found = {}
    for (source, label), (name, columns) in FIELDS.items():
        frame = getattr(files, name)
        for field, column in columns.items():
            told = frame[column].str.contains(r"\d") if field == "phone" else frame[column] != ""
            if filled := int(told.sum()):
                found[Place(source, label, field)] = Share(filled, len(frame))
    return found


def validity(files: Files) -> dict[Place, Share]:
    """By rules written a second time."""
    accounts = files.accounts
    digits = accounts["phone"].map(lambda text: len(re.findall(r"\d", text)))
    refused = int((files.orders["amount"] == "oops").sum())
    orders = len(files.orders)
    return {
        Place("crm", "Customer", "phone"): Share(int((digits >= 5).sum()), int((digits > 0).sum())),
        Place("crm", "Customer", "country"): Share(
            int(accounts["country"].isin(COUNTRIES).sum()), int((accounts["country"] != "").sum())
        ),
        Place("crm", "Customer", "tax_id"): Share(int((accounts["tax"].str.len() > 5).sum()), len(accounts)),
        Place("crm", "Contact", "email"): Share(*[int((files.people["mail"] != "").sum())] * 2),
        Place("erp", "Order", "amount"): Share(orders - refused, orders),
        Place("erp", "Order", None): Share(orders - refused, orders),
    }  # fmt: skip


def consistency(files: Files) -> dict[Place, Share]:
    """Of the debtors that join an account by its tax number: whether both say the same."""
    both = files.debtors[files.debtors["tax"] != ""].merge(files.accounts, on="tax", suffixes=("", "_crm"))

    def agreeing(field: str) -> Share:
        stated = both[(both[field] != "") & (both[f"{field}_crm"] != "")]
        words = [stated[column].str.casefold().str.replace(" ", "") for column in (field, f"{field}_crm")]
        return Share(int((words[0] == words[1]).sum()), len(stated))

    told = {"name": agreeing("name"), "tax_id": Share(len(both), len(both)), "city": agreeing("city")}
    return {
        Place(source, "Customer", field): share
        for source in ("", "crm", "erp")
        for field, share in told.items()
    }


@pytest.mark.query("quality.measurements", "quality.put_alerts", "quality.alerts")
@pytest.mark.parametrize("seed", [1, 2])
def test_shares_are_those_of_the_files(measuring: Measuring, seed: int) -> None:
    files = drawn(seed)
    measuring.load(files)
    quality = measuring.measure()
    complete = shares(quality, "completeness")
    wanted = completeness(files)
    assert {place: complete.get(place) for place in wanted} == wanted
    valid = shares(quality, "validity")
    expected = validity(files)
    assert {place: valid.get(place) for place in expected} == expected
    assert shares(quality, "consistency") == consistency(files)
    assert {one.place for one in quality.newest.measures if not one.expected} == {
        place for place in complete if complete[place].value < 0.5
    }
    missing = {
        place for place, share in wanted.items()
        if share.value >= 0.5 and 20 * (share.whole - share.part) > share.whole
    }  # fmt: skip
    assert {one.place for one in quality.repairs} == missing
    worst = [one.worst for one in quality.newest.measures if one.expected]
    assert worst == sorted(worst)


@pytest.mark.query("quality.doubles")
def test_records_that_may_be_one_are_not_unique(measuring: Measuring) -> None:
    measuring.load(drawn(1))
    pair = {"start": "crm:A1", "end": "crm:A3", "fact_id": "f1"}
    props = {
        "valid_from": "2025-05-01T00:00:00+00:00", "known_from": "2025-05-01T00:00:00+00:00",
        "basis": "inferred", "confidence": 0.6, "source": "link", "visibility": "company",
    }  # fmt: skip
    told = {"valid_from": "2025-05-01T00:00:00+00:00", **props}
    measuring.store.upsert_facts("MAY_BE_SAME_AS", "Customer", "Customer", [pair | {"props": told}])
    unique = shares(measuring.measure(), "uniqueness")
    assert unique[Place("crm", "Customer", None)] == Share(38, 40)
    assert unique[Place("erp", "Customer", None)].part == unique[Place("erp", "Customer", None)].whole
    assert unique[Place("crm", "Contact", None)] == Share(80, 80)
    verdict = {
        "kind": "Customer", "one_id": "crm:A1", "other_id": "crm:A3", "judgement": "apart", "actor": "eva",
        "at": NOW.isoformat(),
    }  # fmt: skip
    measuring.store.upsert_nodes("Verdict", [{"id": "Customer|crm:A1|crm:A3", "props": verdict}])
    assert not measuring.store.read("quality.doubles", now=NOW.isoformat())


@pytest.mark.slow
def test_fresh_is_what_was_stated_within_the_rhythm_of_its_versions(measuring: Measuring) -> None:
    files = drawn(1)
    months = [("2025-05-10", "Ulm"), ("2025-06-10", "Kiel"), ("2025-07-10", "Bonn")]
    for day, city in months:
        moved = files.accounts.head(25).assign(changed=day, city=city)
        files.accounts = pd.concat([moved, files.accounts.tail(15).assign(changed="2025-05-10")])
        measuring.load(files)
    fresh = shares(measuring.measure(datetime(2025, 8, 1, tzinfo=UTC)), "freshness")
    assert fresh[Place("crm", "Customer", None)] == Share(25, 40)
    late = shares(measuring.measure(datetime(2025, 9, 1, tzinfo=UTC)), "freshness")
    assert late[Place("crm", "Customer", None)] == Share(0, 40)


@pytest.mark.slow
def test_a_source_that_falls_silent_no_longer_delivers(measuring: Measuring) -> None:
    measuring.load(drawn(1))
    order = Place("erp", "Order", None)
    assert shares(measuring.measure(), "freshness")[order] == Share(1, 1)
    assert shares(measuring.measure(datetime(2026, 4, 1, tzinfo=UTC)), "freshness")[order] == Share(0, 1)
