"""What now is after a load, what lies after it, and how rows without a stamp are dated."""

import os
from datetime import UTC, datetime

import pytest

from graph.clock import Clock, data_now, read_clock
from graph.decision_chain.read import chain
from graph.derive import derive
from graph.profile.read import profile
from graph.service import run_sync
from ingest.clock.choose import ExportedInFuture
from ingest.mapping.read import read_mapping
from ingest.options import LoadOptions
from ingest.run import ingest
from tests.ingest.conftest import NOW, Workshop

pytestmark = pytest.mark.slow

MAPPING = """
source: crm
currency: EUR
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
    links: [{type: OWNS, from: {Employee: owner}, optional: true}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
  contacts:
    file: contacts.csv
    nodes: [{label: Contact, key: id, fields: {name: name}}]
    links: [{type: WORKS_AT, to: {Customer: account}, fields: {title: title}, valid_from: since}]
  orders:
    file: orders.csv
    nodes: [{label: Order, key: id, fields: {ordered_at: day, amount: amount}}]
    links: [{type: PLACED, from: {Customer: account}}]
  mails:
    file: mails.csv
    nodes: [{label: Interaction, key: id, fields: {at: at, channel: channel}}]
    links:
      - {type: PARTICIPATED_IN, from: {Employee: ours}}
      - {type: PARTICIPATED_IN, from: {Contact: theirs}}
"""
FILES = {
    "accounts.csv": "id,name,owner\n1,Alpha,e1\n2,Beta,\n",
    "staff.csv": "id,name\ne1,Uma\ne2,Vic\n",
    "contacts.csv": "id,name,account,title,since\nc1,Ann,1,CEO,2023-05-01\nc2,Bob,1,Buyer,2022-01-01\n",
    "orders.csv": "id,account,day,amount\nO1,1,2024-01-10,100\nO2,1,2024-02-11,200\nO3,2,2024-03-12,300\n",
    "mails.csv": "id,at,channel,ours,theirs\nm1,2024-03-01,meeting,e1,c1\nm2,2024-03-05,email,e1,c1\n",
}
ACCOUNTS_ONLY = MAPPING[: MAPPING.index("  orders:")]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def trade(workshop: Workshop) -> Workshop:
    """A small company with orders, a meeting and a mail up to 2024-03-12; the wall clock is 2026-01-01."""
    write(workshop, FILES)
    return workshop


def write(workshop: Workshop, files: dict[str, str]) -> None:
    for name, content in files.items():
        (workshop.folder / name).write_text(content, encoding="utf-8")


def changed(workshop: Workshop, name: str, before: str, after: str) -> None:
    """Replace something in one of the files."""
    path = workshop.folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def reasons(workshop: Workshop, mapping: str = MAPPING) -> list[str]:
    return [reason["example"]["reason"] for reason in workshop.load(mapping).reasons]


def now(workshop: Workshop) -> datetime:
    return run_sync(workshop.store, data_now)


def test_now_is_the_newest_stamp_and_the_report_says_which(trade: Workshop) -> None:
    report = trade.load(MAPPING)
    assert report.clock.now == day("2024-03-12")
    assert (report.clock.basis, report.clock.reason) == (
        "stamp",
        "the newest stamp, Order.ordered_at in orders",
    )
    assert run_sync(trade.store, read_clock) == report.clock
    assert report.as_dict()["clock"]["now"] == "2024-03-12T00:00:00+00:00"


@pytest.mark.parametrize("year", [2025, 2026, 2104])
@pytest.mark.parametrize("before", [True, False], ids=["after a right export", "at once"])
def test_one_mistyped_year_moves_nothing(trade: Workshop, year: int, before: bool) -> None:
    if before:
        trade.load(MAPPING)
    changed(trade, "orders.csv", "O3,2,2024-03-12", f"O3,2,{year}-03-12")
    report = trade.load(MAPPING)
    expected = day("2024-03-12" if before else "2024-03-05")
    assert (report.clock.now, report.quarantined) == (expected, 1)
    (reason,) = report.reasons
    assert f"`{year}-03-12` is in the future" in reason["example"]["reason"]
    alone = (
        f"stands alone; if it is true, load with --exported-at {year}-03-12 or a later day, else correct it"
    )
    why = "lies after the wall clock" if day(f"{year}-03-12") > NOW else alone
    assert f"orders: Order.ordered_at {year}-03-12 is not taken as now: it {why}" in report.notes
    derived = derive(trade.store)
    assert (derived.now, derived.counts["ties"].standing) == (expected, 1)
    found = run_sync(trade.store, profile, customer_id="crm:1", now=now(trade)).parts
    assert found["health"].score > 90


def test_the_corrected_row_loads(trade: Workshop) -> None:
    changed(trade, "orders.csv", "O3,2,2024-03-12", "O3,2,2104-03-12")
    trade.load(MAPPING)
    changed(trade, "orders.csv", "O3,2,2104-03-12", "O3,2,2024-03-12")
    report = trade.load(MAPPING)
    assert (report.clock.now, report.quarantined, report.written["Order"]) == (day("2024-03-12"), 0, 1)


def test_a_correction_counts_before_the_next_event(trade: Workshop) -> None:
    """Neither row has a stamp: the owner is Vic from the now of the load that brought him."""
    trade.load(MAPPING)
    changed(trade, "accounts.csv", "Alpha,e1", "Alpha,e2")
    changed(trade, "contacts.csv", "c2,Bob,1,Buyer,2022-01-01", "c2,Bob,2,Buyer,2024-03-20")
    trade.load(MAPPING)
    assert now(trade) == day("2024-03-20")
    alpha = run_sync(trade.store, profile, customer_id="crm:1", now=now(trade)).parts
    assert [owner.name for owner in alpha["owners"]] == ["Vic"]
    assert [contact.name for contact in alpha["contacts"]] == ["Ann"]
    beta = run_sync(trade.store, profile, customer_id="crm:2", now=now(trade)).parts
    assert [contact.name for contact in beta["contacts"]] == ["Bob"]


def test_accounts_and_contacts_alone_name_who_decides(trade: Workshop) -> None:
    report = trade.load(ACCOUNTS_ONLY)
    assert report.clock.now == day("2023-05-01")
    assert derive(trade.store).now == day("2023-05-01")
    found = run_sync(trade.store, chain, customer_id="crm:1", now=now(trade))
    assert {(member.name, member.role) for member in found.members} == {
        ("Ann", "decision_maker"), ("Bob", "gatekeeper")
    }  # fmt: skip
    contacts = run_sync(trade.store, profile, customer_id="crm:1", now=now(trade)).parts["contacts"]
    assert {contact.name for contact in contacts} == {"Ann", "Bob"}


def test_the_files_date_counts_only_where_nothing_bears_a_stamp(trade: Workshop) -> None:
    stamp = day("2025-07-01").timestamp()
    undated = ACCOUNTS_ONLY.replace(", valid_from: since", "")
    for path in trade.folder.iterdir():
        os.utime(path, (stamp, stamp))
    report = trade.load(undated)
    assert (report.clock.basis, report.clock.now) == ("file", day("2025-07-01"))
    found = run_sync(trade.store, profile, customer_id="crm:1", now=now(trade)).parts
    assert ({c.name for c in found["contacts"]}, [o.name for o in found["owners"]]) == (
        {"Ann", "Bob"},
        ["Uma"],
    )
    later = trade.load(MAPPING)
    assert (later.clock.now, "whose rows bore no stamp" in later.clock.reason) == (day("2025-07-01"), True)
    (said,) = (note for note in later.notes if note.startswith("now stays at 2025-07-01"))
    assert "what is loaded here ends on 2024-03-12" in said


def test_a_files_date_after_the_wall_clock_is_the_wall_clock(trade: Workshop) -> None:
    later = day("2030-01-01").timestamp()
    for path in trade.folder.iterdir():
        os.utime(path, (later, later))
    assert trade.load(ACCOUNTS_ONLY.replace(", valid_from: since", "")).clock.now == NOW


def test_a_declared_date_of_export_is_now(trade: Workshop) -> None:
    report = trade.load("exported_at: 2024-05-31\n" + MAPPING)
    assert report.clock == Clock(
        day("2024-05-31T23:59:59"), "declared", "the declared date of the export", report.clock.quiet_days
    )
    changed(trade, "mails.csv", "m2,2024-03-05", "m2,2024-06-01")
    assert (
        "Interaction.at: `2024-06-01` is in the future"
        in reasons(trade, "exported_at: 2024-05-31\n" + MAPPING)[0]
    )


def test_a_dataset_of_its_own_date_leaves_the_others_to_their_stamps(trade: Workshop) -> None:
    own = MAPPING.replace("    file: accounts.csv", "    file: accounts.csv\n    exported_at: 2024-02-01")
    assert trade.load(own).clock.now == day("2024-03-12")


def test_an_export_of_tomorrow_is_refused(trade: Workshop) -> None:
    with pytest.raises(ExportedInFuture, match="exported_at 2026-01-03 is after today"):
        trade.load("exported_at: 2026-01-03\n" + MAPPING)
    assert trade.load("exported_at: 2026-01-01\n" + MAPPING).clock.now == NOW


def test_a_live_source_moves_now_even_alone_and_never_lies_in_the_future(trade: Workshop) -> None:
    trade.load(MAPPING)
    write(trade, {"mails.csv": FILES["mails.csv"] + "m3,2025-12-31,email,e1,c1\nm4,2026-01-02,email,e1,c1\n"})
    live = MAPPING.replace("    file: mails.csv", "    file: mails.csv\n    live: true")
    report = trade.load(live)
    assert (report.clock.basis, report.clock.now) == ("live", day("2025-12-31"))
    assert [reason["example"]["reason"][:28] for reason in report.reasons] == ["Interaction.at: `2026-01-02`"]


def test_what_is_planned_loads_and_counts_in_no_tie(trade: Workshop) -> None:
    write(trade, {
        "mails.csv": FILES["mails.csv"] + "m3,2024-04-20,visit,e2,c2\nm4,2024-04-20,email,e2,c2\n",
        "contacts.csv": FILES["contacts.csv"] + "c3,Cy,1,CFO,2024-12-01\n",
    })  # fmt: skip
    report = trade.load("exported_at: 2024-03-31\n" + MAPPING)
    assert [reason["example"]["reason"][:28] for reason in report.reasons] == ["Interaction.at: `2024-04-20`"]
    assert "mails: 1 rows with Interaction.at after now (up to 2024-04-20) load as planned" in report.notes
    assert (
        "contacts: 1 rows with WORKS_AT.valid_from after now (up to 2024-12-01) load as planned"
        in report.notes
    )
    assert trade.ask("MATCH (i:Interaction {interaction_id: 'crm:m3'}) RETURN i.channel AS c") == [
        {"c": "visit"}
    ]
    assert derive(trade.store).counts["ties"].standing == 1
    found = run_sync(trade.store, profile, customer_id="crm:1", now=now(trade)).parts
    assert {contact.name for contact in found["contacts"]} == {"Ann", "Bob"}
    trade.load("exported_at: 2024-12-31\n" + MAPPING)
    found = run_sync(trade.store, profile, customer_id="crm:1", now=now(trade)).parts
    assert {contact.name for contact in found["contacts"]} == {"Ann", "Bob", "Cy"}


@pytest.mark.parametrize("change", [
    ("mails.csv", "m1,2024-03-01,meeting", "m1,2104-03-01,meeting"),
    ("contacts.csv", "Buyer,2022-01-01", "Buyer,2102-01-01"),
])  # fmt: skip
def test_nobody_plans_so_far_ahead(trade: Workshop, change: tuple[str, str, str]) -> None:
    changed(trade, *change)
    report = trade.load(MAPPING)
    assert (report.clock.now, report.quarantined) == (day("2024-03-12"), 1)


DEALS = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  deals:
    file: deals.csv
    nodes:
      - label: Opportunity
        key: id
        fields: {name: id, opened_at: opened, expected_at: due, closed_at: closed, outcome: outcome}
    links: [{type: FOR, to: {Customer: account}}]
  contracts:
    file: contracts.csv
    nodes: [{label: Contract, key: id, fields: {starts_at: begins, ends_at: ends}}]
    links: [{type: FOR, to: {Customer: account}}]
"""


def test_close_dates_and_renewals_are_plans_and_a_won_deal_is_an_event(trade: Workshop) -> None:
    write(trade, {
        "deals.csv": "id,account,opened,due,closed,outcome\nd1,1,2024-01-05,2024-09-30,2024-09-30,\n"
                     "d2,1,2024-01-07,2024-02-20,2024-02-20,won\nd3,1,2024-01-09,,2104-02-20,won\n",
        "contracts.csv": "id,account,begins,ends\nk1,1,2024-06-01,2027-05-31\n",
    })  # fmt: skip
    report = trade.load(DEALS)
    assert report.clock.now == day("2024-02-20")
    assert [reason["example"]["reason"][:35] for reason in report.reasons] == [
        "Opportunity.closed_at: `2104-02-20`"
    ]
    assert (report.written["Opportunity"], report.written["Contract"]) == (2, 1)


def test_rows_without_a_stamp_keep_the_date_of_the_load_that_first_brought_them(trade: Workshop) -> None:
    trade.load(MAPPING)
    since = "MATCH (:Employee)-[r:OWNS]->(:Customer) RETURN r.valid_from AS since"
    assert trade.ask(since) == [{"since": day("2024-03-12")}]
    write(trade, {"orders.csv": FILES["orders.csv"] + "O4,1,2024-04-01,10\n"})
    trade.load(MAPPING)
    assert trade.ask(since) == [{"since": day("2024-03-12")}]
    changed(trade, "accounts.csv", "2,Beta,", "2,Beta,e2")
    trade.load(MAPPING)
    assert trade.ask(f"{since} ORDER BY since") == [
        {"since": day("2024-03-12")},
        {"since": day("2024-04-01")},
    ]


def test_a_row_with_a_stamp_or_a_creation_is_dated_by_it(trade: Workshop) -> None:
    stamped = MAPPING.replace("optional: true}", "optional: true, known_from: changed}")
    write(trade, {"accounts.csv": "id,name,owner,changed\n1,Alpha,e1,2024-01-20\n2,Beta,e2,\n"})
    trade.load(stamped)
    since = "MATCH (e:Employee)-[r:OWNS]->() RETURN e.name AS name, r.valid_from AS since ORDER BY name"
    assert trade.ask(since) == [
        {"name": "Uma", "since": day("2024-01-20")}, {"name": "Vic", "since": day("2024-03-12")}
    ]  # fmt: skip


def test_an_older_export_loaded_late_does_not_move_now_back(trade: Workshop) -> None:
    trade.load(MAPPING)
    write(
        trade,
        {
            "orders.csv": "id,account,day,amount\nO0,1,2023-12-01,5\n",
            "mails.csv": FILES["mails.csv"][:29] + "\n",
        },
    )
    report = trade.load(MAPPING)
    assert report.clock.now == day("2024-03-12")


def test_a_delta_with_one_mistyped_row_is_measured_by_the_loads_before(trade: Workshop) -> None:
    trade.load(MAPPING)
    head = "id,account,day,amount\n"
    write(trade, {"orders.csv": f"{head}O4,1,2025-04-01,10\n", "mails.csv": "id,at,channel,ours,theirs\n",
                  "contacts.csv": "id,name,account,title,since\n"})  # fmt: skip
    assert "`2025-04-01` is in the future" in reasons(trade)[0]
    assert now(trade) == day("2024-03-12")
    write(trade, {"orders.csv": f"{head}O4,1,2024-04-01,10\n"})
    assert reasons(trade) == []
    assert now(trade) == day("2024-04-01")


def test_now_can_be_fixed_and_does_not_outlive_its_load(trade: Workshop) -> None:
    mapping = trade.folder / "mapping.yml"
    mapping.write_text(MAPPING, encoding="utf-8")
    fixed = day("2024-02-20")
    report = ingest(
        trade.store, read_mapping(mapping), trade.folder, trade.home, NOW, LoadOptions(fixed=fixed)
    )
    assert (report.clock.basis, report.clock.now, now(trade)) == ("fixed", fixed, fixed)
    assert report.quarantined == 2, "the order and the mail of March; the meeting is planned"
    assert derive(trade.store).now == fixed
    assert trade.load(MAPPING).clock.now == day("2024-03-12")


def test_a_run_that_changes_nothing_but_now_keeps_it(trade: Workshop) -> None:
    trade.load(MAPPING)
    report = trade.load("exported_at: 2024-05-31\n" + MAPPING)
    assert not report.changed
    assert now(trade) == day("2024-05-31T23:59:59")
