"""Search as people type, on each engine: what is found, by what, and that nobody finds what is hidden."""

from typing import Any

import pytest

from graph.search import Answer, Kind, read_index, search
from graph.search.document import KINDS
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago

COMPANIES: dict[str, tuple[str, dict[str, Any]]] = {
    "hd": ("北京宏达科技有限公司", {"city": "北京", "phone": "010-55556666", "tax_id": "91110000MA1K4BCE7X"}),
    "hd2": ("宏达机械股份有限公司", {"city": "上海", "website": "https://www.hongda-sh.com.cn"}),
    "cj": ("重庆长江实业有限责任公司", {"city": "重庆"}),
    "mueller": ("Müller & Söhne Pumpen GmbH", {"city": "Berlin", "domains": ["mueller-pumpen.example"]}),
    "ibm": ("International Business Machines Corp.", {"phone": "+1 (212) 555-0147"}),
    "acme": ("Acme Tools Ltd", {}),
    "acme2": ("Acme Tools Inc.", {}),
    "acme3": ("Nordlicht Pumps Ltd", {"domains": ["nordlicht.example"]}),
    "acme4": ("Nordlicht Group", {"website": "http://www.nordlicht.example"}),
    "gone": ("Bygone Works AG", {"ended_at": ago(5)}),
}  # fmt: skip
FOUND: dict[str, tuple[str, str]] = {
    "北京宏达科技有限公司": ("hd", "name"), "北京宏达科技": ("hd", "spelling"),
    "宏達科技": ("hd", "spelling"),
    "北京宏大科技": ("hd", "similar"), "北京宏科技有限公司": ("hd", "similar"),
    "beijinghongdakeji": ("hd", "pinyin"),
    "hong da ke ji": ("hd", "pinyin"), "bjhdkj": ("hd", "initials"), "宏达科": ("hd", "prefix"),
    "上海宏达机械": ("hd2", "spelling"), "shanghai hongda jixie": ("hd2", "pinyin"),
    "chongqing changjiang": ("cj", "pinyin"),
    "cqcjsy": ("cj", "initials"), "长江实业集团有限公司": ("cj", "spelling"),
    "mueller und soehne pumpen ag": ("mueller", "spelling"), "MULLER & SOHNE PUMPEN": ("mueller", "spelling"),
    "Berlin Müller & Söhne Pumpen": ("mueller", "spelling"), "Muler & Söhne Pumpen": ("mueller", "similar"),
    "ibm": ("ibm", "initials"), "Internationl Busines Machines": ("ibm", "similar"),
    "+86 10 5555-6666": ("hd", "phone"), "0086 010 55556666转801": ("hd", "phone"),
    "5555666": ("hd", "phone"),
    "5550147": ("ibm", "phone"), "(212) 555 0147 x12": ("ibm", "phone"),
    "info@hongda-sh.com.cn": ("hd2", "domain"),
    "http://www.mueller-pumpen.example/en?a=1": ("mueller", "domain"),
    "９１１１ 0000-ma1k4bce7x": ("hd", "number"), "CRM acc 17": ("mueller", "number"),
}  # fmt: skip


@pytest.fixture
def known(store: Store) -> Store:
    """Companies, people, products, deals and an order to be found."""
    world = World()
    for key, (name, values) in COMPANIES.items():
        world.customer(key, name=name, **values)
    world.node("Alias", "Customer|crm:ACC-17")
    world.part("ALIAS_OF", ("Alias", "Customer|crm:ACC-17"), ("Customer", "mueller"))
    for key, name, customer, job in (
        ("wang", "王小明", "hd", {}),
        ("smith", "John Smith", "acme", {}),
        ("smith2", "Jane Smith", "ibm", {}),
        ("secret", "Ada Hidden", "acme", {"visibility": "owner", "owner_id": "eva"}),
    ):
        world.contact(key, customer, title="Buyer", **job)
        world.nodes["Contact"][-1]["props"] |= {"name": name, "mobile": f"139 0000 00{len(key):02}"}
    world.employee("eva", name="Eva Own", email="eva@ours.example")
    world.node("Product", "erp:P-1", name="Centrifugal Pump 500", family="pumps")
    world.opportunity("crm:OPP-1", "acme", name="Retrofit line 2", stage="proposal")
    world.order("erp:O-2025 0017", "acme", ago(9), [("erp:P-1", 1.0, 9.0)])
    world.load(store)
    return store


def asked(
    store: Store, text: str, *, viewer: str | None = None, kinds: tuple[Kind, ...] = KINDS, first: int = 10
) -> Answer:
    """What is found."""
    return run_sync(
        store, search, read_index(store), text=text, as_of=NOW, viewer=viewer, kinds=kinds, first=first
    )


@pytest.mark.query("search.customers", "search.contacts", "search.deals", "search.found")
def test_it_is_found_as_people_type_it_and_the_answer_says_by_what(known: Store) -> None:
    finder = read_index(known)
    found = {}
    for text in FOUND:
        hits = run_sync(known, search, finder, text=text, as_of=NOW).hits
        found[text] = (hits[0].node_id, hits[0].by) if hits else None
    assert found == FOUND


@pytest.mark.parametrize(
    ("text", "label", "node_id"),
    [
        ("wang xiaoming", "Contact", "wang"),
        ("Xiaoming Wang", "Contact", "wang"),
        ("wxm hongda", "Contact", "wang"),
        ("宏达王小明", "Contact", "wang"),
        ("Smith, John", "Contact", "smith"),
        ("J. Smith Acme", "Contact", "smith"),
        ("smith business machines", "Contact", "smith2"),
        ("eva own", "Employee", "eva"),
        ("EVA@OURS.example", "Employee", "eva"),
        ("centrifugl pump", "Product", "erp:P-1"),
        ("acme retrofit", "Opportunity", "crm:OPP-1"),
        ("o2025-0017", "Order", "erp:O-2025 0017"),
    ],
)
@pytest.mark.query("search.named")
def test_people_products_deals_and_records_are_found(
    known: Store, text: str, label: str, node_id: str
) -> None:
    hit = asked(known, text).hits[0]
    assert (hit.label, hit.node_id) == (label, node_id)


def test_a_hit_says_whose_it_is(known: Store) -> None:
    hit = asked(known, "John Smith").hits[0]
    assert [(one.customer_id, one.title) for one in hit.companies] == [("acme", "Buyer")]
    assert [one.customer_id for one in asked(known, "O-2025 0017").hits[0].companies] == ["acme"]


def test_two_that_answer_to_one_name_are_told(known: Store) -> None:
    both = asked(known, "acme tools")
    assert both.ambiguous
    assert {hit.node_id for hit in both.hits if hit.alike} == {"acme", "acme2"}
    assert dict.fromkeys(("acme", "acme2")).keys() <= {hit.node_id for hit in both.hits}
    assert {hit.node_id: hit.may_be for hit in both.hits if hit.alike} == {
        "acme": ("acme2",),
        "acme2": ("acme",),
    }
    assert asked(known, "acme tools", first=1).ambiguous
    exact = asked(known, "Acme Tools Inc.")
    assert (exact.hits[0].node_id, exact.ambiguous) == ("acme2", False)
    shared = asked(known, "nordlicht")
    assert {hit.may_be for hit in shared.hits} == {("acme3",), ("acme4",)}
    apart = asked(known, "宏达")
    assert apart.ambiguous
    assert {hit.may_be for hit in apart.hits} == {()}


@pytest.mark.parametrize("text", ["Ada Hidden", "139 0000 0006", "secret@example.com", "hidden acme", "ah"])
def test_a_contact_of_a_hidden_job_is_found_by_its_owner_alone(known: Store, text: str) -> None:
    assert "secret" in {hit.node_id for hit in asked(known, text, viewer="eva").hits}
    assert "secret" not in {hit.node_id for hit in asked(known, text, viewer="ann").hits}
    assert "secret" not in {hit.node_id for hit in asked(known, text).hits}


def test_what_had_ended_and_what_says_nothing_is_not_found(known: Store) -> None:
    assert asked(known, "bygone works").hits == ()
    for text in ("", "   ", "&", "…", "qqqqwwww", "0" * 900, "王" * 900):
        assert asked(known, text).hits == ()


def test_only_the_kinds_asked_for(known: Store) -> None:
    assert {hit.kind for hit in asked(known, "acme", kinds=("person", "deal")).hits} <= {"person", "deal"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1&1", "one"), ("e.on", "eon"), ("E.ON", "eon"), ("booking.com", "booking"), ("1und1", "one"),
        ("1 und 1", "one"), ("1and1", "one"), ("1+1", "one"), ("1和1", "one"), ("1 与 1 Telecom", "one"),
        ("H和M", "hm"), ("H und M", "hm"), ("Perez y Hijos", "hijos"), ("Pérez & Hijos", "hijos"),
        ("Y Combinator", "yc"), ("和平 饭店", "peace"),
    ],
)  # fmt: skip
def test_a_name_that_looks_like_a_number_or_a_host_is_a_name(store: Store, text: str, found: str) -> None:
    world = World()
    names = {"one": "1&1 Telecom", "eon": "E.ON SE", "booking": "Booking.com B.V.", "crm:11": "Toro Inc"}
    names |= {"hm": "H & M Hennes", "hijos": "Pérez y Hijos S.L.", "yc": "Y Combinator", "peace": "和平饭店"}
    names |= {"comb": "Combinator Ltd", "hijo": "Perez Hijos Norte SA"}
    for key, name in names.items():
        world.customer(key, name=name)
    world.load(store)
    hits = run_sync(store, search, read_index(store), text=text, as_of=NOW).hits
    assert hits[0].node_id == found


def test_a_sign_that_nobody_leaves_out_tells_numbers_apart(store: Store) -> None:
    world = World()
    world.customer("crm:11", name="Toro Inc")
    world.customer("crm:50", name="Vega Ltd")
    world.node("Product", "erp:A+17", name="Gear")
    world.load(store)
    found = {
        text: [hit.node_id for hit in asked(store, text).hits]
        for text in ("1+1", "50%", "CRM: 50", "a+17", "A17")
    }
    assert found == {"1+1": [], "50%": [], "CRM: 50": ["crm:50"], "a+17": ["erp:A+17"], "A17": ["erp:A+17"]}
