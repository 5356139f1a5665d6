"""Services: each can be driven by a store that blocks, and one that waits for anything else says so."""

import asyncio
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import graph
from graph.absence import away, stands_in
from graph.account.brief import Meeting, meeting_brief
from graph.account.changes import account_changes
from graph.account.payment_causes import causes_of_payments
from graph.alert.decide import Decision, decide, decide_standing
from graph.alert.model import Selection
from graph.alert.read import Asking, alerts, alerts_by_id, alerts_of_each, count_alerts
from graph.assertion import RoleAssertion, assert_role, retract_role
from graph.assignment.read import assignments
from graph.clock import data_now, finished_runs, kept_clock, newest_event, read_clock
from graph.consent import consents_of
from graph.customer_list.read import Listing, count_customers, customer_page
from graph.day.asking import Asked, worth_of
from graph.day.chance import deal_chances
from graph.day.past import attendees_then, customers_then, facts_then, names_then, products_then, tasks_then
from graph.day.plans import meeting_candidates, offer_candidates, task_candidates
from graph.day.questions import question_candidates
from graph.day.read import my_day
from graph.day.span import span
from graph.day.warnings import alert_candidates, open_deals, stored_risks, told_past_close
from graph.deal import deals_as_of
from graph.deal_list import DealFilter, count_deals, deal_page
from graph.decision_chain.completeness import completeness
from graph.decision_chain.past import covered_chain, past_chain, past_rows
from graph.decision_chain.read import chain, chain_of_opportunity, chains
from graph.decision_chain.refresh import refresh
from graph.decision_chain.rows import chain_rows, target
from graph.departure import departures_as_of
from graph.directory import models, segments, tags
from graph.edge.answer import edge_answers
from graph.errors import NotFound
from graph.feed.log import changes_since
from graph.feed.statements import statements
from graph.feed.views import watched_alerts, watched_risks, watched_runs
from graph.figure.inputs import figure_inputs
from graph.figure.model import Figure, Inputs
from graph.figure.of_contact import of_contact
from graph.figure.read import figures
from graph.figure.rule import rules
from graph.forecast import forecasts
from graph.group.read import group
from graph.inbox.append import append
from graph.inbox.waiting import inbox_standing
from graph.introduction.find import Wanted, introductions
from graph.introduction.past import staff_as_of
from graph.introduction.requests import introduction_requests
from graph.item.kind import attributes_of, declared_kinds
from graph.item.read import items_of_each
from graph.journey.read import journey
from graph.merge.decide import DecisionWords, decide_review
from graph.merge.model import open_merges
from graph.merge.review import reviews, reviews_of_each
from graph.merge.rows import read_whole
from graph.merge.service import MergeWords, UnmergeWords, merge, next_place, unmerge
from graph.merge.suspend import Clerk, do, resume, suspend
from graph.merge.system import merge_by_itself
from graph.merge.verdict import verdicts
from graph.model import Contact
from graph.offers.products import left_out, on_sale, popular
from graph.offers.read import Shelf, offers
from graph.offers.stand_in import stand_ins
from graph.outgoing import outgoing
from graph.parameters import WITHOUT_DATA, parameters_as_of
from graph.past_list import firms_then, own_then
from graph.portfolio import Portfolio, customers_of, own_customers
from graph.profile.around import network
from graph.profile.pages import page
from graph.profile.past import as_of_day
from graph.profile.read import ProfileRequest, best_match, profile, profiles
from graph.profile.search import match, other_matches
from graph.quality.keep import measurements
from graph.quality.missing import decide_any, missing_fields
from graph.receivable import open_invoices
from graph.record import record, timeline
from graph.record.job import job
from graph.record.past import told_then, values_then
from graph.record.provenance import provenance
from graph.record.seen import Seen
from graph.record_list.filters import TicketFilter
from graph.record_list.kind import TICKETS
from graph.record_list.past import rows_then
from graph.record_list.read import Listing as RecordListing
from graph.record_list.read import count_records, record_page
from graph.record_version import names_as_of, own_values_as_of
from graph.relationship.read import relationships
from graph.reporting_line.read import lines_as_of, stated_superiors
from graph.resolve_id import resolve, resolve_each, rows_by_any_id
from graph.search import read_index, search
from graph.search.find import plan
from graph.service import GraphStore, Row, ServiceWaited, run_sync
from graph.similar_customers import similar_customers
from graph.store import Store
from graph.ticket import tickets_as_of
from graph.tie.coverage import coverage_as_of
from graph.tie.model import Calibration
from graph.tie.read import interactions_of, ties_as_of
from graph.track_record import track_record
from graph.warm_path.find import tie_book, warm_paths
from graph.watermark import watermarks
from graph.weights.decide import proposals, waiting, weights_at
from graph.what_if.contact_leaves import Supposed, contact_leaves
from graph.work.standing import work_standing
from graph.writing import Author, Writing, once
from graph.writing.conflict import ConflictWords, resolve_conflict
from graph.writing.consent import ConsentWords, set_consent
from graph.writing.gaps import gaps_anew
from graph.writing.interaction import InteractionWords, check_interaction, log_interaction
from graph.writing.introduction import DecisionWords as IntroductionDecision
from graph.writing.introduction import IntroductionWords, ask_introduction, decide_introduction
from graph.writing.job import Leaving, end_job
from graph.writing.level import LevelWords, state_level
from graph.writing.named import named
from graph.writing.next_step import log_with_next_step
from graph.writing.offer import OfferWords, record_offer
from graph.writing.once import once_whole, receipt
from graph.writing.owner import OwnerWords, account_owners, hand_over
from graph.writing.rating import RatingWords, rate_answer
from graph.writing.relation import RelationWords, assert_relation, retract_relation, superiors
from graph.writing.tag import TagWords, tag, untag
from graph.writing.task import TaskWords, check_task, complete_task, create_task, open_tasks
from tests.graph.world import NOW, World, ago

CALL = {
    "id": "1", "source": "crm", "kind": "interaction", "at": ago(1).isoformat(), "channel": "call",
    "participants": [{"contact": "ann"}],
}  # fmt: skip
TICKETS_LISTED = RecordListing(TicketFilter())
MEASURE = Calibration(half_life_days=90.0, scale=2.0)
ACME: dict[str, Any] = {"customer_id": "acme", "now": NOW}
ORDERS = rules("profile")["ordersOfYear"]
FIGURE = Figure(
    of="Customer:acme", kind="profile", part="ordersOfYear", value=1, about=None, by="rule", method="m",
    record=None, version=None, as_of=NOW, run=None, parameters=(), inputs=Inputs(ORDERS.reads), rule=ORDERS,
)  # fmt: skip

AUTHOR = Author("eva", "k", NOW, NOW)
TALK = InteractionWords("call", customer="acme", participants=("ann",))
TASK = TaskWords("call", customer="acme")
MEETING = Meeting("acme", ("ann",), ago(30))
LINE = RelationWords("REPORTS_TO", "ann", "bob")
CREATION: dict[str, Any] = {
    "task_id": "t2", "customer_id": "acme", "owner_id": "eva", "props": {}, "due_at": None,
    "opportunities": [], "owns": {"fact_id": "f"}, "contacts": [],
}  # fmt: skip


async def creation() -> Writing:
    """A write that is ready."""
    return Writing("writing.create_task", CREATION, ("Task:t2",))


DAY = Asked("eva", span(None, "UTC", NOW), "en", ["acme"])
YESTERDAY = span(ago(1).date(), "UTC", NOW)
CLERK = Clerk("test", NOW, NOW)
SAME = MergeWords("Contact", "ann", "bob")
ASKED = IntroductionWords("bob", "Contact:ann")


def covered_of(store: Store) -> tuple[Row, datetime, Calibration]:
    """The row of a chain of a past day, that day, and the measure of ties."""
    found = run_sync(store, past_rows, "acme", None, ago(5), "eva", WITHOUT_DATA)
    assert found is not None
    return found.row, ago(5), WITHOUT_DATA.calibration


def merged_and_apart_again(store: Store) -> None:
    """Two contacts, by a person and by linking."""
    run_sync(store, merge, AUTHOR, SAME)
    run_sync(store, unmerge, replace(AUTHOR, key="k2"), UnmergeWords("Contact:bob"))
    assert run_sync(store, verdicts, "Contact") == {frozenset(("ann", "bob")): "apart"}
    run_sync(store, decide_review, replace(AUTHOR, key="k3"), DecisionWords("Contact", "ann", "bob", "same"))
    assert run_sync(store, next_place) > 1


def merged_by_linking(store: Store) -> None:
    """A merge without a person, suspended and resumed as loads do."""
    assert run_sync(store, merge_by_itself, CLERK, "Contact", "ann", "bob", 0.99, 9)
    for one in (merges := run_sync(store, open_merges)):
        run_sync(store, suspend, CLERK, [one])
        assert run_sync(store, read_whole, "Contact", one.absorbed_id)
        assert run_sync(store, do, CLERK.given("resume", one), one)
    assert len(merges) == 1
    run_sync(store, resume, CLERK)


def introduced(store: Store) -> None:
    """Asked for, and decided."""
    run_sync(store, ask_introduction, AUTHOR, ASKED)
    words = IntroductionDecision(AUTHOR.record_id, "declined", why="no time")
    run_sync(store, decide_introduction, replace(AUTHOR, key="k2"), words)
    assert run_sync(store, introduction_requests, employee_id="eva", viewer="eva")


def tagged(store: Store) -> None:
    """By hand, and no more."""
    run_sync(store, tag, AUTHOR, TagWords("acme", "vip"))
    run_sync(store, untag, replace(AUTHOR, key="k2"), TagWords("acme", "vip"))


def completed(store: Store) -> None:
    """Of the chain of the account."""
    run_sync(store, completeness, run_sync(store, chain, **ACME))


def answered(store: Store) -> None:
    """What the edges of the account's chain say of themselves."""
    assert run_sync(store, edge_answers, run_sync(store, chain, **ACME), viewer="eva")


def disputed(store: Store) -> None:
    """The role that eva stated."""
    (fact,) = [
        source.fact_id
        for edge in run_sync(store, edge_answers, run_sync(store, chain, **ACME), viewer="eva")
        if edge.kind == "role"
        for source in edge.sources
    ]
    run_sync(store, resolve_conflict, AUTHOR, ConflictWords("ann", fact, "dismiss", why="no"))


def undecided(store: Store) -> None:
    """An alert that is neither of an account nor about the data."""
    with pytest.raises(NotFound):
        run_sync(store, decide_any, AUTHOR, Decision("none", "done"))


async def no_rows(_ids: list[str]) -> list[Row]:
    return []


def driven(call: Callable[[Store], Any]) -> set[str]:
    """The names of what a call drives."""
    return set(call.__code__.co_names)


CALLS: list[Callable[[Store], Any]] = [
    merged_and_apart_again,
    merged_by_linking,
    introduced,
    completed,
    lambda store: run_sync(store, once_whole, AUTHOR, "create_task", [], creation),
    lambda store: run_sync(store, reviews, kind="Contact", first=5, now=NOW, viewer="eva"),
    lambda store: run_sync(
        store, reviews_of_each, record_ids=["acme"], kind="Customer", now=NOW, viewer="eva"
    ),
    lambda store: run_sync(store, count_customers, Listing(), now=NOW, viewer="eva"),
    lambda store: run_sync(store, customer_page, Listing(), now=NOW, viewer="eva", first=1),
    lambda store: run_sync(store, changes_since, ago(1)),
    lambda store: run_sync(store, watched_alerts, Selection(Portfolio()), Asking(NOW)),
    lambda store: run_sync(store, watched_risks, Portfolio("acme"), now=NOW, viewer="eva"),
    lambda store: run_sync(store, watched_runs),
    lambda store: run_sync(store, group, **ACME),
    lambda store: run_sync(store, watermarks, now=NOW),
    lambda store: run_sync(store, outgoing, label="Customer", source="crm", after="", now=NOW),
    lambda store: run_sync(store, introductions, Wanted(["bob"]), now=NOW),
    lambda store: run_sync(store, offers, Shelf(NOW, "acme", "eva")),
    lambda store: run_sync(store, popular),
    lambda store: run_sync(store, on_sale, ["pump"], NOW),
    lambda store: run_sync(store, left_out, ["acme"], ["pump"], NOW, "eva"),
    lambda store: run_sync(store, stand_ins, customer_ids=["acme"], request=ProfileRequest(NOW)),
    lambda store: run_sync(store, tie_book, NOW, None, "eva"),
    lambda store: run_sync(store, away, employee_ids=["eva"], moment=NOW, viewer="eva"),
    lambda store: run_sync(store, stands_in, employee_id="eva", moment=NOW, viewer="eva"),
    lambda store: run_sync(store, causes_of_payments, customer_ids=["acme"], now=NOW),
    lambda store: run_sync(store, staff_as_of, ago(5)),
    lambda store: run_sync(store, similar_customers, customer_ids=["acme"], now=NOW),
    lambda store: run_sync(store, contact_leaves, Supposed("acme", "ann"), now=NOW),
    tagged,
    lambda store: run_sync(store, once, AUTHOR, "create_task", [], creation),
    lambda store: run_sync(store, named, AUTHOR, {"Contact": ["ann"]}),
    lambda store: run_sync(store, gaps_anew, ["acme"], NOW),
    lambda store: run_sync(store, end_job, AUTHOR, Leaving("ann", "acme")),
    lambda store: run_sync(store, assert_relation, AUTHOR, LINE),
    lambda store: run_sync(store, superiors, AUTHOR, "ann"),
    lambda store: run_sync(store, retract_relation, AUTHOR, RelationWords("INFLUENCES", "ann", "bob")),
    lambda store: run_sync(
        store, retract_role, AUTHOR, RoleAssertion("eva", "ann", None, customer_id="acme")
    ),
    lambda store: run_sync(store, record_offer, AUTHOR, OfferWords("shown", customer="acme", product="p1")),
    lambda store: run_sync(store, account_changes, **ACME, since=ago(5), viewer="eva"),
    lambda store: run_sync(store, meeting_brief, MEETING, now=NOW, viewer="eva"),
    lambda store: run_sync(store, hand_over, AUTHOR, OwnerWords("acme", "eva")),
    lambda store: run_sync(store, account_owners, AUTHOR, "acme"),
    lambda store: run_sync(store, check_interaction, AUTHOR, TALK),
    lambda store: run_sync(store, log_with_next_step, AUTHOR, TALK, TASK),
    lambda store: run_sync(store, receipt, AUTHOR, "create_task", []),
    lambda store: run_sync(store, log_interaction, AUTHOR, TALK),
    lambda store: run_sync(store, check_task, AUTHOR, TASK),
    lambda store: run_sync(store, create_task, AUTHOR, TASK),
    lambda store: run_sync(store, complete_task, AUTHOR, "t1"),
    lambda store: run_sync(store, open_tasks, now=NOW, viewer="eva", customer_id="acme"),
    lambda store: run_sync(
        store,
        assert_role,
        RoleAssertion("eva", "ann", "champion", customer_id="acme"),
        now=NOW,
        loaded_at=NOW,
    ),
    lambda store: run_sync(store, alerts, Selection(), Asking(NOW)),
    lambda store: run_sync(
        store, alerts_of_each, customer_ids=["acme"], selection=Selection(), asking=Asking(NOW), first=5
    ),
    lambda store: run_sync(store, alerts_by_id, ["a1"], Asking(NOW)),
    lambda store: run_sync(store, count_alerts, Selection(), Asking(NOW)),
    lambda store: run_sync(store, customers_of, Portfolio(employee_id="eva"), moment=NOW, viewer=None),
    lambda store: run_sync(store, decide, AUTHOR, Decision("a1", "done")),
    lambda store: run_sync(store, decide_standing, AUTHOR, Decision("a1", "done")),
    lambda store: run_sync(store, my_day, employee_id="eva", now=NOW),
    lambda store: run_sync(store, deal_page, DealFilter(), now=NOW, viewer=None, first=1),
    lambda store: run_sync(store, count_deals, DealFilter(), now=NOW, viewer=None),
    lambda store: run_sync(store, worth_of, ["acme"], NOW),
    lambda store: run_sync(store, open_deals, DAY),
    lambda store: run_sync(store, told_past_close, DAY),
    lambda store: run_sync(store, alert_candidates, DAY),
    lambda store: run_sync(store, deal_chances, DAY),
    lambda store: run_sync(store, stored_risks, DAY),
    lambda store: run_sync(store, meeting_candidates, DAY),
    lambda store: run_sync(store, task_candidates, DAY),
    lambda store: run_sync(store, offer_candidates, DAY, {}),
    lambda store: run_sync(store, question_candidates, [], DAY),
    lambda store: run_sync(store, names_then, Contact, {"ann": "Ann"}, YESTERDAY),
    lambda store: run_sync(store, customers_then, [], YESTERDAY),
    lambda store: run_sync(store, attendees_then, [], YESTERDAY),
    lambda store: run_sync(store, tasks_then, [], YESTERDAY),
    lambda store: run_sync(store, products_then, [], YESTERDAY),
    lambda store: run_sync(store, facts_then, [], YESTERDAY),
    lambda store: run_sync(store, deals_as_of, ["acme"], ago(5)),
    lambda store: run_sync(store, own_values_as_of, Contact, ["ann"], ago(5)),
    lambda store: run_sync(store, names_as_of, Contact, {"ann": "Ann"}, ago(5)),
    lambda store: run_sync(store, tickets_as_of, ["acme"], ago(5), ago(50)),
    lambda store: run_sync(store, as_of_day, [], ["health"], ago(5)),
    lambda store: run_sync(store, append, [CALL], now=NOW, received_at=NOW, receipt="r"),
    lambda store: run_sync(store, inbox_standing),
    lambda store: run_sync(store, work_standing, NOW),
    lambda store: run_sync(store, data_now),
    lambda store: run_sync(store, read_clock),
    lambda store: run_sync(store, kept_clock),
    lambda store: run_sync(store, newest_event),
    lambda store: run_sync(store, finished_runs),
    lambda store: run_sync(store, chain, **ACME),
    lambda store: run_sync(store, chain, **ACME, as_of=ago(5)),
    lambda store: run_sync(store, chain_of_opportunity, opportunity_id="d1", now=NOW),
    lambda store: run_sync(store, chain_of_opportunity, opportunity_id="d1", now=NOW, as_of=ago(5)),
    lambda store: run_sync(store, chain_rows, [target("acme")], NOW, None),
    lambda store: run_sync(store, chains, customer_ids=["acme"], now=NOW),
    lambda store: run_sync(store, refresh, ["acme"], NOW, MEASURE),
    lambda store: run_sync(store, network, **ACME),
    lambda store: run_sync(store, open_invoices, ["acme"], NOW),
    lambda store: run_sync(store, page, request=ProfileRequest(NOW), first=1),
    lambda store: run_sync(store, profile, **ACME),
    lambda store: run_sync(store, profiles, customer_ids=["acme"], request=ProfileRequest(NOW)),
    lambda store: run_sync(store, best_match, text="Acm", request=ProfileRequest(NOW)),
    lambda store: run_sync(store, match, text="Acm", as_of=NOW),
    lambda store: run_sync(store, other_matches, customer_id="acme", name="ACME", text="acme", as_of=NOW),
    lambda store: run_sync(store, resolve, "Customer", "acme"),
    lambda store: run_sync(store, resolve_each, []),
    lambda store: run_sync(store, rows_by_any_id, "Customer", ["acme"], no_rows),
    lambda store: run_sync(store, own_customers, 5),
    lambda store: run_sync(store, search, read_index(store), text="Acm", as_of=NOW),
    lambda store: run_sync(store, plan, NOW),
    lambda store: run_sync(store, record, typed_id="Contact:ann", now=NOW),
    lambda store: run_sync(store, timeline, typed_id="Customer:acme", now=NOW),
    lambda store: run_sync(store, provenance, typed_id="Customer:acme", now=NOW),
    lambda store: run_sync(store, figures, typed_id="Customer:acme", now=NOW),
    lambda store: run_sync(store, figures, typed_id="Contact:ann", now=NOW),
    lambda store: run_sync(store, of_contact, "ann", NOW, NOW, None, ["tie"]),
    lambda store: run_sync(store, figure_inputs, FIGURE, first=5),
    lambda store: run_sync(store, job, "none", Seen(NOW, "", past=False)),
    lambda store: run_sync(store, values_then, Contact, {"contact_id": "ann"}, ago(5)),
    lambda store: run_sync(store, told_then, [], ago(5)),
    lambda store: run_sync(store, consents_of, "ann", now=NOW, viewer="eva"),
    lambda store: run_sync(store, models),
    lambda store: run_sync(store, segments, now=NOW, viewer="eva"),
    lambda store: run_sync(store, tags, now=NOW, viewer="eva"),
    lambda store: run_sync(store, journey, **ACME),
    lambda store: (run_sync(store, proposals), run_sync(store, waiting), run_sync(store, weights_at, NOW)),
    lambda store: run_sync(store, relationships, **ACME),
    lambda store: run_sync(store, record_page, TICKETS_LISTED, now=NOW, viewer="eva", first=5),
    lambda store: run_sync(store, count_records, TICKETS_LISTED, now=NOW, viewer="eva"),
    lambda store: run_sync(store, state_level, AUTHOR, LevelWords("acme", current="partner")),
    lambda store: run_sync(store, set_consent, AUTHOR, ConsentWords("ann", "marketing", given=True)),
    lambda store: run_sync(store, rate_answer, AUTHOR, RatingWords("myDay", useful=True)),
    answered,
    disputed,
    undecided,
    lambda store: run_sync(store, missing_fields),
    lambda store: run_sync(store, measurements, NOW),
    lambda store: run_sync(store, assignments, ["Alert:a1"], as_of=NOW, viewer="eva"),
    lambda store: run_sync(store, forecasts, ["Customer:acme", "Opportunity:d1"], now=NOW, viewer="eva"),
    lambda store: run_sync(store, declared_kinds),
    lambda store: run_sync(store, attributes_of, "Customer"),
    lambda store: run_sync(store, items_of_each, customer_ids=["acme"], now=NOW),
    lambda store: run_sync(store, statements),
    lambda store: run_sync(store, track_record),
    lambda store: run_sync(store, parameters_as_of, NOW),
    lambda store: run_sync(store, ties_as_of, ["ann"], NOW, MEASURE),
    lambda store: run_sync(store, departures_as_of, ["acme"], NOW),
    lambda store: run_sync(store, interactions_of, Contact, ["ann"], NOW),
    lambda store: run_sync(store, coverage_as_of, ["ann"], NOW, MEASURE),
    lambda store: run_sync(store, stated_superiors, ["ann"], NOW),
    lambda store: run_sync(store, lines_as_of, ["ann"], NOW, WITHOUT_DATA.weights),
    lambda store: run_sync(store, past_chain, "acme", None, ago(5), "eva", WITHOUT_DATA),
    lambda store: run_sync(store, past_rows, "acme", None, ago(5), "eva", WITHOUT_DATA),
    lambda store: run_sync(store, covered_chain, *covered_of(store)),
    lambda store: run_sync(store, own_then, Contact, [{"contact_id": "ann", "name": "Ann"}], ago(5)),
    lambda store: run_sync(store, firms_then, [{"customer_id": "acme", "customer_name": "Acme"}], ago(5)),
    lambda store: run_sync(store, rows_then, TICKETS, [], ago(5)),
    lambda store: run_sync(
        store, warm_paths, employee_id="eva", contact_ids=["ann"], now=NOW, as_of=ago(5), viewer="eva"
    ),
    lambda store: run_sync(store, warm_paths, employee_id="eva", contact_ids=["ann"], now=NOW),
]


@pytest.fixture
def loaded(store: Store) -> Store:
    """ACME, whose chief one of us knows."""
    world = World()
    world.customer("acme")
    world.contact("ann", "acme", "CEO")
    world.contact("bob", "acme", "Chair")
    stated: dict[str, Any] = {"basis": "asserted", "source": "user:eva"}
    world.fact("INFLUENCES", ("Contact", "ann"), ("Contact", "bob"), **stated)
    world.role("ann", ("Customer", "acme"), "champion", **stated)
    world.employee("eva")
    world.tie(("Employee", "eva"), ("Contact", "ann"), 0.6)
    world.met("m1", ago(10), [("Employee", "eva", "from"), ("Contact", "ann", "to")])
    world.node("Task", "t1", subject="Call")
    world.node("Tag", "vip", name="VIP")
    world.node("Product", "p1", name="Pump")
    world.node("Alert", "a1", kind="no_decision_maker", message="Nobody.", valid_from=ago(1))
    world.part("FOR", ("Alert", "a1"), ("Customer", "acme"))
    world.load(store)
    return store


@pytest.mark.parametrize("call", CALLS, ids=lambda call: "-".join(call.__code__.co_names[1:2]))
def test_a_blocking_store_drives_every_service(loaded: Store, call: Callable[[Store], Any]) -> None:
    call(loaded)


def services() -> Iterator[str]:
    """Every public coroutine function of the domain that takes a store; the stores are what services ask."""
    for module in walk_packages(graph.__path__, "graph."):
        if not module.name.startswith("graph.store"):
            found = import_module(module.name)
            for name, function in inspect.getmembers(found, inspect.iscoroutinefunction):
                takes = inspect.signature(function).parameters
                if function.__module__ == module.name and not name.startswith("_") and "store" in takes:
                    yield name


def test_none_is_left_out() -> None:
    assert set(services()) - set().union(*map(driven, CALLS)) == set()


async def test_a_service_that_waits_for_something_else_is_named(store: Store) -> None:
    async def dozes(_: GraphStore) -> None:
        await asyncio.sleep(0)

    with pytest.raises(ServiceWaited, match="dozes waited for something other than its store"):
        run_sync(store, dozes)


def test_arguments_and_errors_pass_through(store: Store) -> None:
    async def divides(_: GraphStore, one: int, *, by: int) -> float:
        return one / by

    assert run_sync(store, divides, 6, by=3) == 2.0
    with pytest.raises(ZeroDivisionError):
        run_sync(store, divides, 6, by=0)
