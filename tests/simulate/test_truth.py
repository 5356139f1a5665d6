"""The truth stands apart, fits the exports, and is read by nobody in the pipeline."""

import re
from pathlib import Path

import pytest

from simulate import SimulationConfig, simulate
from simulate.oracle import (
    TruthMissing,
    find_truth,
    share_right,
    true_champions,
    true_decision_makers,
    true_managers,
    true_roles,
    true_ties,
)
from simulate.run import FolderInTheWay
from tests.paths import REPO
from tests.simulate.world import column, rows, simulated

CONFIG = SimulationConfig(300, 5)


def test_truth_lies_beside_the_exports_and_can_be_put_elsewhere(tmp_path: Path) -> None:
    out, truth, _ = simulated(CONFIG)
    assert find_truth(out) == truth
    assert not any("truth" in path.name for path in out.rglob("*"))
    simulate(SimulationConfig(60), tmp_path / "x", tmp_path / "hidden")
    assert (tmp_path / "hidden/truth.json").is_file()
    assert not (tmp_path / "x-truth").exists()


def test_full_folders_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "x-truth").mkdir()
    (tmp_path / "x-truth/old").touch()
    with pytest.raises(FolderInTheWay, match="x-truth"):
        simulate(SimulationConfig(60), tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_missing_truth_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(TruthMissing, match=r"truth\.json"):
        find_truth(tmp_path / "nowhere")


def test_no_pipeline_code_knows_the_truth() -> None:
    secret = re.compile(r"truth\.json|simulate\.(truth|oracle)|find_truth|(?<!-)-truth\b")
    for package in ("cypher", "graph", "ingest", "gnn", "graphql_api"):
        for path in (REPO / package).rglob("*.py"):
            assert not secret.search(path.read_text()), path


def test_every_opportunity_has_one_decision_maker_who_works_there() -> None:
    out, truth, _ = simulated(CONFIG)
    deciders = true_decision_makers(truth)
    contacts = set(column(out / "crm/Contact.csv", "Id"))
    deals = column(out / "crm/Opportunity.csv", "Id")
    assert len(deciders) > 0.99 * len(deals)
    assert set(deciders.values()) <= contacts


def test_stated_roles_are_true_but_not_all() -> None:
    out, truth, _ = simulated(CONFIG)
    roles = true_roles(truth)
    stated = [
        row
        for row in rows(out / "crm/OpportunityContactRole.csv")
        if not row["ContactId"].endswith("9999999999")
    ]
    word = {"Decision Maker": "decision_maker", "Business User": "user_buyer", "Champion": "champion"}
    for row in stated:
        role, stance = roles[row["OpportunityId"]][row["ContactId"]]
        assert word.get(row["Role"], role) == role
        assert row["Stance__c"] in ("", str(stance))
    assert 0.5 < len(stated) / sum(map(len, roles.values())) < 0.8


def test_reporting_lines_form_trees() -> None:
    _, truth, _ = simulated(CONFIG)
    managers = true_managers(truth)
    for contact in managers:
        seen = {contact}
        while (contact := managers.get(contact, "")) and contact not in seen:
            seen.add(contact)
        assert not contact


def test_stated_superiors_are_true() -> None:
    out, truth, _ = simulated(CONFIG)
    managers = true_managers(truth)
    stated = {row["Id"]: row["ReportsToId"] for row in rows(out / "crm/Contact.csv") if row["ReportsToId"]}
    share = share_right(managers, stated)
    assert share.precision == 1.0
    assert 0.2 < share.recall < 0.4


def test_copies_reveal_the_superior() -> None:
    """The person most often in copy of a contact's mails is the superior, far more often than chance."""
    out, truth, _ = simulated(CONFIG)
    owner = {row["EmailAddress"]: row["ParentId"] for row in rows(out / "crm/ContactPointEmail.csv")}
    copies: dict[str, dict[str, int]] = {}
    for row in rows(out / "mail/messages.csv.gz"):
        writer = owner.get(row["From"])
        for copied in filter(None, map(owner.get, row["Cc"].split(";"))):
            if writer:
                counted = copies.setdefault(writer, {})
                counted[copied] = counted.get(copied, 0) + 1
    guess = {writer: max(counted, key=lambda who: (counted[who], who)) for writer, counted in copies.items()}
    share = share_right(true_managers(truth), guess)
    assert share.answered > 300
    assert share.precision > 0.6


def test_champions_and_ties_are_named_by_keys_of_the_exports() -> None:
    out, truth, _ = simulated(CONFIG)
    contacts, accounts = (
        set(column(out / "crm/Contact.csv", "Id")),
        set(column(out / "crm/Account.csv", "Id")),
    )
    champions, ties = true_champions(truth), true_ties(truth)
    assert len(champions) > 200
    assert set(champions) <= accounts
    assert set(champions.values()) <= contacts
    assert {contact for _, contact in ties} <= contacts
    assert {user for user, _ in ties} <= set(column(out / "crm/User.csv", "Id"))


def test_shares_count_what_was_asked_answered_and_right() -> None:
    share = share_right({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "c": None, "d": "4"})
    assert (share.right, share.answered, share.known) == (1, 2, 3)
    assert (share.precision, share.recall) == (0.5, 1 / 3)
