"""Gaps: rules that are right where a field is stated fill it where it is not; others fill nothing."""

from dataclasses import replace

import pytest

from graph.gap import CustomerSeen, Known, filled, known_in, precisions, readings
from graph.history import read_history
from graph.store import Store
from tests.graph.world import World

CITIES = {"Lyon": "FR", "Graz": "AT", "Porto": "PT"}


def company(number: int) -> CustomerSeen:
    city = list(CITIES)[number % 3]
    trade = ("Pumps", "Timber")[number % 2]
    host = f"c{number}.example.com"
    return CustomerSeen(f"Firm{number} {trade}", trade, CITIES[city], city, None, host)


@pytest.fixture
def known() -> Known:
    """Forty companies: a city has one country, the name tells the trade, people write from the own domain."""
    customers = {f"c{number:02}": company(number) for number in range(40)}
    emails = {one: (f"ann@{seen.domain}", "ann@gmail.com") for one, seen in customers.items()}
    return Known(customers, emails, {})


@pytest.mark.parametrize(("field", "rule"), [("domain", "e-mail"), ("country", "city"), ("industry", "name")])
def test_a_gap_is_filled_with_confidence_and_sources(known: Known, field: str, rule: str) -> None:
    true = getattr(known.customers["c07"], field)
    gap = replace(
        known, customers={**known.customers, "c07": replace(known.customers["c07"], **{field: None})}
    )
    (found,) = filled(gap, field)
    assert (found.customer_id, found.value) == ("c07", true)
    assert found.sources[0] == rule
    assert found.confidence == pytest.approx(40 / 41, abs=0.01)
    assert list(filled(known, field)) == [], "what is stated is never filled"


def test_rules_that_are_wrong_too_often_fill_nothing(known: Known) -> None:
    wrong = {
        one: replace(seen, country="XX") if number % 4 == 0 else seen
        for number, (one, seen) in enumerate(known.customers.items())
    }
    gap = replace(known, customers=wrong | {"new": CustomerSeen("New", city="Lyon")})
    assert all(not one.enough for one in precisions(gap, "country", readings(gap, "country")).values())
    assert list(filled(gap, "country")) == []


def test_a_domain_that_two_customers_write_from_is_nobodys(known: Known) -> None:
    emails = dict(known.emails) | {"new": ("bob@c7.example.com",)}
    gap = replace(known, customers={**known.customers, "new": CustomerSeen("New")}, emails=emails)
    assert list(filled(gap, "domain")) == []


def test_a_phone_number_tells_the_country(known: Known) -> None:
    customers = {one: replace(seen, phone="+33 1 42 68 53 00", country="FR", city=None, domain=None)
                 for one, seen in known.customers.items()}  # fmt: skip
    gap = Known(
        {**customers, "new": CustomerSeen("New", phone="0033 142685300"), "bad": CustomerSeen(phone="+99")},
        {},
        {},
    )
    assert [(one.customer_id, one.value, one.sources) for one in filled(gap, "country")] == [
        ("new", "FR", ("phone",))
    ]


def test_what_the_history_knows(store: Store) -> None:
    world = World()
    world.customer("acme", name="Acme", website="https://www.acme.com/de", city="Lyon")
    world.customer("acme2", name="Acme 2")
    world.contact("ann", "acme2")
    world.node("Contact", "ann", email="ann@acme2.com")
    world.contact("leo", "acme2", visibility="owner", owner_id="eva")
    world.fact("PARENT_OF", ("Customer", "acme"), ("Customer", "acme2"))
    world.load(store)
    with read_history(store) as history:
        known = known_in(history.connection)
    assert (known.customers["acme"].domain, known.customers["acme2"].domain) == ("acme.com", None)
    assert known.emails["acme2"] == ("ann@acme2.com",)
    assert known.parents == {"acme2": "acme"}
