"""What is inferred of a customer is told beside what is stated, to whom the stated would be told."""

import pytest

from graph.account.dimensions import dimensions
from graph.derive.groups import profile_customers
from graph.history import read_history
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ANN
from tests.api.conftest import Signed
from tests.graph.world import NOW, World, ago

ASKED = 'query ($at: DateTime) { customer(id: "new", asOf: $at) { inferred { field value sources origin } } }'
DOMAIN = {"field": "domain", "value": "new.example.com", "sources": ["e-mail"], "origin": "INFERRED"}
COUNTRY = {"field": "country", "value": "FR", "sources": ["city"], "origin": "INFERRED"}


@pytest.fixture
def inferring(ann: Client, store: Store) -> Client:
    """Thirty companies whose people write from the own domain, thirty without one, of two cities in two
    countries, and a new one."""
    world = World()
    for number in range(60):
        city, country = (("Lyon", "FR"), ("Graz", "AT"))[number % 2]
        world.customer(f"c{number}", city=city, country=country)
        if number < 30:
            world.node("Customer", f"c{number}", website=f"https://c{number}.example.org")
            world.contact(f"p{number}", f"c{number}")
            world.node("Contact", f"p{number}", email=f"ann@c{number}.example.org")
    world.customer("new", city="Lyon", industry="Pumps")
    world.contact("ann-new", "new")
    world.node("Contact", "ann-new", email="ann@new.example.com")
    world.load(store)
    with read_history(store) as history:
        profile_customers(store, history.connection, NOW)
        found = dimensions(store, history.connection, "new", NOW)
    told = {one.name: one for one in found.dimensions["basic"] if one.origin.kind == "inferred"}
    assert {name: one.value for name, one in told.items()} == {"domain": "new.example.com", "country": "FR"}
    assert "city: right in" in (told["country"].origin.source or "")
    return ann


async def test_gaps_are_told_beside_what_is_stated(inferring: Client, store: Store) -> None:
    assert (await inferring.data(ASKED))["customer"]["inferred"] == [DOMAIN, COUNTRY]
    assert (await inferring.data(ASKED, at=ago(1).isoformat()))["customer"]["inferred"] == []
    store.upsert_nodes("Customer", [{"id": "new", "props": {"country": "CH"}}])
    assert (await inferring.data(ASKED))["customer"]["inferred"] == [DOMAIN], "what is stated counts"


@pytest.mark.usefixtures("inferring")
async def test_who_may_not_read_a_field_is_not_told_what_is_inferred_of_it(signed: Signed) -> None:
    found = await signed(ANN, "widget").data(ASKED)
    assert found["customer"]["inferred"] == [COUNTRY]
