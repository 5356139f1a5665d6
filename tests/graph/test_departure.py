"""People who left though nobody recorded it: signs, what they come to, and where they are shown."""

import dataclasses
from datetime import datetime

import pytest

from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chain as read_chain
from graph.departure import BOUNCED, ELSEWHERE, OpenJob, OtherJob, departure
from graph.derive.run import derive
from graph.profile.model import Colleague
from graph.profile.read import profile
from graph.service import run_sync
from graph.store import Store
from graph.warm_path.find import warm_paths
from tests.graph.world import NOW, World, ago

JOB = OpenJob("w1", "ann", "acme", ago(500), "ann@acme.com", None, None, None, ago(90), None, ())
NEXT = OtherJob("w2", "zoo", ago(30), related=False)


def changed(**values: object) -> OpenJob:
    return dataclasses.replace(JOB, **values)  # type: ignore[arg-type] # a test's own fields


def test_a_job_that_nothing_questions_goes_on() -> None:
    assert departure(JOB) is None
    assert departure(changed(email_bounced=False)) is None


def test_a_flag_without_a_date_tells_from_the_last_sign_of_life() -> None:
    found = departure(changed(email_bounced=True))
    assert found is not None
    assert (found.since, found.known_from, found.confidence) == (ago(90), None, BOUNCED)
    assert found.evidence == ("WORKS_AT:w1", "Contact:ann")
    silent = departure(changed(email_bounced=True, last_wrote_at=None))
    assert silent is not None
    assert silent.since == ago(500)
    met = departure(changed(email_bounced=True, last_met_at=ago(30)))
    assert met is not None
    assert met.since == ago(30)
    new_job = departure(changed(email_bounced=True, valid_from=ago(60)))
    assert new_job is not None
    assert new_job.since == ago(60), "a letter from before the job tells nothing of it"


def test_mail_that_came_back_dates_it_and_a_later_letter_refutes_it() -> None:
    found = departure(changed(email_bounced_at=ago(20)))
    assert found is not None
    assert (found.since, found.known_from) == (ago(20), ago(20))
    assert departure(changed(email_bounced_at=ago(20), last_wrote_at=ago(5))) is None


def test_an_earlier_address_says_nothing_of_this_job() -> None:
    assert departure(changed(email_bounced_at=ago(20), bounced_email="ann@old.com")) is None
    assert departure(changed(email_bounced_at=ago(20), bounced_email="ANN@acme.com")) is not None


def test_a_later_job_elsewhere_questions_the_earlier_and_is_followed() -> None:
    found = departure(changed(elsewhere=(NEXT,)))
    assert found is not None
    assert (found.since, found.confidence, found.moved_to) == (ago(30), ELSEWHERE, "zoo")
    earlier = dataclasses.replace(NEXT, valid_from=ago(900))
    related = dataclasses.replace(NEXT, related=True)
    assert departure(changed(elsewhere=(earlier,))) is None
    assert departure(changed(elsewhere=(related,))) is None


def test_signs_together_are_surer_than_each() -> None:
    found = departure(changed(elsewhere=(NEXT,), email_bounced_at=ago(25), bounced_email="ann@old.com"))
    assert found is not None
    assert found.confidence == pytest.approx(1 - (1 - BOUNCED) * (1 - ELSEWHERE))
    assert found.known_from == ago(30)


@pytest.fixture
def world() -> World:
    """The deal's champion Bob stands in the way to the chief; Cy took a job at the zoo as well."""
    world = World()
    world.customer("acme")
    world.customer("zoo", name="Zoo Ltd")
    for key, title in (("ann", "CEO"), ("bob", "Buyer"), ("cy", "Engineer")):
        world.contact(key, "acme", title)
    world.fact("WORKS_AT", ("Contact", "cy"), ("Customer", "zoo"), valid_from=ago(60))
    world.employee("eva")
    world.opportunity("deal", "acme", amount=5.0)
    world.role("ann", ("Opportunity", "deal"), "decision_maker")
    world.role("bob", ("Opportunity", "deal"), "champion", stance=2)
    world.role("cy", ("Opportunity", "deal"), "economic_buyer")
    for day in (40, 41, 42, 43, 44):
        world.met(f"m{day}", ago(day), [("Contact", "bob", "from"), ("Employee", "eva", "to")])
        world.met(f"c{day}", ago(day), [("Contact", "bob", "from"), ("Contact", "ann", "to")])
    return world


def flag(store: Store, contact: str, **values: object) -> None:
    """What a source says of a contact's address."""
    store.upsert_nodes("Contact", [{"id": contact, "props": values}])


def chain(store: Store, as_of: datetime | None = None) -> DecisionChain:
    return run_sync(store, read_chain, customer_id="acme", now=NOW, as_of=as_of)


def gone(found: DecisionChain) -> dict[str, float]:
    """Confidence by person who seems to have left."""
    return {one.contact_id: one.departure.confidence for one in found.members if one.departure}


def people(store: Store) -> dict[str, Colleague]:
    parts = run_sync(store, profile, customer_id="acme", now=NOW).parts
    return {one.contact_id: one for one in parts["contacts"]}


@pytest.mark.slow
@pytest.mark.query("derive.questioned_jobs", "derive.standing_departures")
def test_who_seems_to_have_left_is_flagged_and_the_flag_goes_with_its_reason(
    store: Store, world: World
) -> None:
    world.load(store)
    flag(store, "bob", email_bounced=True)
    derive(store, NOW)
    assert gone(chain(store)) == {"bob": BOUNCED, "cy": ELSEWHERE}
    bob = people(store)["bob"].departure
    assert bob is not None
    assert (bob.since, bob.known_from, bob.basis, bob.moved_to) == (ago(40), NOW, "inferred", None)
    assert people(store)["ann"].departure is None
    again = derive(store, NOW)
    assert again.counts["departures"].written == again.counts["departures"].removed == 0
    flag(store, "bob", email_bounced=None)
    assert derive(store, NOW).counts["departures"].removed == 1
    assert gone(chain(store)) == {"cy": ELSEWHERE}


@pytest.mark.parametrize(("channel", "since"), [("meeting", 12), ("visit", 12), ("call", 12), ("email", 40)])
def test_who_was_met_had_not_left_before(store: Store, world: World, channel: str, since: int) -> None:
    """A mail to somebody says nothing, a talk with them does."""
    world.met("last", ago(12), [("Employee", "eva", "from"), ("Contact", "bob", "to")], channel=channel)
    world.load(store)
    flag(store, "bob", email_bounced=True)
    derive(store, NOW)
    bob = people(store)["bob"].departure
    assert bob is not None
    assert bob.since == ago(since)


@pytest.mark.slow
def test_an_undated_sign_stays_known_from_the_first_derive(store: Store, world: World) -> None:
    world.load(store)
    flag(store, "bob", email_bounced=True)
    derive(store, ago(10))
    derive(store, NOW)
    bob = people(store)["bob"].departure
    assert bob is not None
    assert bob.known_from == ago(10)


@pytest.mark.slow
def test_the_alert_names_it_and_where_the_person_is_now(store: Store, world: World) -> None:
    world.load(store)
    flag(store, "bob", email_bounced_at=ago(20).isoformat())
    derive(store, NOW)
    left = {gap.contact_id: gap.message for gap in chain(store).gaps if gap.kind == "key_person_left"}
    assert left.keys() == {"bob", "cy"}
    assert left["bob"] == "Seems to have left by 2025-06-10 (85% sure): the champion (Buyer)."
    assert left["cy"].endswith("Now at Zoo Ltd.")
    flag(store, "bob", email_bounced_at=None)
    derive(store, NOW)
    assert {gap.contact_id for gap in chain(store).gaps if gap.kind == "key_person_left"} == {"cy"}


def test_a_recorded_leaver_is_followed_too(store: Store, world: World) -> None:
    world.contact("dan", "acme", "Director", valid_to=ago(15))
    world.fact("WORKS_AT", ("Contact", "dan"), ("Customer", "zoo"), valid_from=ago(14))
    world.role("dan", ("Opportunity", "deal"), "economic_buyer")
    world.load(store)
    derive(store, NOW)
    messages = [gap.message for gap in chain(store).gaps if gap.contact_id == "dan"]
    assert messages == ["Left on 2025-06-15: the economic buyer. Now at Zoo Ltd."]


def test_a_past_day_does_not_know_yet(store: Store, world: World) -> None:
    world.load(store)
    flag(store, "bob", email_bounced_at=ago(20).isoformat())
    derive(store, NOW)
    assert gone(chain(store, ago(15))) == {"bob": BOUNCED, "cy": ELSEWHERE}
    assert gone(chain(store, ago(25))) == {"cy": ELSEWHERE}
    assert gone(chain(store, ago(70))) == {}


def ways(store: Store, to: str) -> list[list[str]]:
    found = run_sync(store, warm_paths, employee_id="eva", contact_ids=[to], now=NOW)
    return [[step.to_person.person_id for step in path.steps] for path in found]


def test_no_path_leads_over_who_is_gone(store: Store, world: World) -> None:
    world.load(store)
    derive(store, NOW)
    assert ["bob", "ann"] in ways(store, "ann")
    flag(store, "bob", email_bounced=True)
    derive(store, NOW)
    assert ways(store, "ann") == ways(store, "bob") == []


def test_no_path_leads_over_whose_jobs_have_all_ended(store: Store, world: World) -> None:
    world.facts[("WORKS_AT", "Contact", "Customer")] = [
        fact | {"props": fact["props"] | ({"valid_to": ago(5).isoformat()} if fact["start"] == "bob" else {})}
        for fact in world.facts[("WORKS_AT", "Contact", "Customer")]
    ]
    world.load(store)
    derive(store, NOW)
    assert ways(store, "ann") == []
