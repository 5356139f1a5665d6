"""Which customer a text means: spelling, equal names, renaming, and graphs of older versions."""

import unicodedata

import pytest

from cypher import Query
from graph import migrations
from graph.profile.model import Match, Order
from graph.profile.pages import PageFilter, page
from graph.profile.read import ProfileRequest, best_match
from graph.profile.search import match, other_matches
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago

NAMES = {
    "att": "AT&T Inc", "tribe": "Tribe Ltd", "toro": "Toro Inc", "mueller": "Müller GmbH",
    "sg": "Société Générale", "orsted": "Ørsted A/S", "lodz": "Łódź Sp. z o.o.", "not": "Not And Or Ltd",
    "hd": "北京宏达科技有限公司", "toyota": "株式会社トヨタ", "it": "IT of the Day",
    "hp": "Hewlett-Packard Company",
}  # fmt: skip
MEANT = {
    "at&t": "att", "AT & T": "att", "at and t": "att", "att": "att", "ＡＴ＆Ｔ": "att",
    "toro": "toro", "to": "toro", "MULLER": "mueller", "muller": "mueller", "mueller": "mueller",
    "Müller AG": "mueller", "Müller G.m.b.H.": "mueller", "müll": "mueller",
    "societe generale": "sg", "SOCIÉTÉ GÉNÉRALE S.A.": "sg", "generale": "sg", "Societe": "sg",
    "orsted": "orsted", "oersted": "orsted", "lodz": "lodz", "not and or": "not", "not": "not",
    "or ltd": "orsted",
    "宏达": "hd", "技": "hd", "北京 科技": "hd", "宏达科技股份有限公司": "hd", "トヨタ": "toyota",
    "㈱ﾄﾖﾀ": "toyota",
    "it of the day": "it", "of the": "it", "hewlett packard": "hp", "hewlettpackard": "hp", "packard": "hp",
    "ackard": "hp",
}  # fmt: skip


@pytest.fixture
def named(store: Store) -> Store:
    """Customers with names of many spellings."""
    world = World()
    for key, name in NAMES.items():
        world.customer(key, name=name)
    world.load(store)
    return store


def matches(store: Store, text: str, first: int = 5) -> tuple[Match, ...]:
    """All customers that answer, best first."""
    return run_sync(store, match, text=text, as_of=NOW, first=first)


def first(store: Store, text: str) -> str | None:
    """The first of all matches, which `account` takes too."""
    found = matches(store, text=text)
    answered = run_sync(store, best_match, text=text, request=ProfileRequest(NOW, frozenset({"company"})))
    assert (found[0].customer_id if found else None) == (answered.customer_id if answered else None)
    return found[0].customer_id if found else None


@pytest.mark.query("profile.match", "profile.match_text", "profile.match_part")
def test_a_name_is_found_however_it_is_typed(named: Store) -> None:
    asked = {
        unicodedata.normalize(form, text): meant for text, meant in MEANT.items() for form in ("NFC", "NFD")
    }
    assert {text: first(named, text) for text in asked} == asked
    assert [first(named, text) for text in ("at&u", "mxller", "societe anonyme xyz", "&", "…")] == [None] * 5


def test_the_answer_says_why(named: Store) -> None:
    reasons = {"AT&T INC": "name", "at&t": "spelling", "Toro Ltd": "spelling", "societe": "prefix",
               "generale": "text", "ackard": "part"}  # fmt: skip
    assert {text: matches(named, text=text)[0].by for text in reasons} == reasons
    scores = [matches(named, text=text)[0].score for text in reasons]
    assert scores == sorted(scores, reverse=True)


def test_one_legal_form_is_not_another(store: Store) -> None:
    world = World()
    for key, name in {"a": "Hill GmbH", "b": "Hill AG", "c": "Hill", "d": "Híll AG"}.items():
        world.customer(key, name=name)
    world.order("o", "d", ago(9), [])
    world.load(store)
    for text, meant in {
        "Hill GmbH": "a",
        "hill ag": "b",
        "hill": "c",
        "Híll ag": "d",
        "Hill Ltd": "d",
    }.items():
        assert first(store, text) == meant
    assert {one.customer_id for one in matches(store, text="hill")} == {"a", "b", "c", "d"}


@pytest.mark.query("profile.activity")
def test_of_equal_names_the_one_with_more_comes_first(store: Store) -> None:
    """`a` holds one order, `z` an order, a deal and a contact; `m` only facts that others may not see."""
    world = World()
    for key in ("a", "m", "z"):
        world.customer(key, name="Hill Light")
    world.order("o1", "a", ago(9), [])
    world.order("o2", "z", ago(9), [])
    world.opportunity("deal", "z")
    world.contact("ann", "z")
    for number in range(5):
        world.contact(f"secret{number}", "m", visibility="owner", owner_id="eva")
    world.load(store)
    for text in ("Hill Light", "hill light", "Hill", "Hill Light Inc", "light"):
        assert [one.customer_id for one in matches(store, text=text)] == ["z", "a", "m"]
        assert first(store, text) == "z"
        assert [one.customer_id for one in matches(store, text=text, first=1)] == ["z"]


def test_others_that_answer_to_the_name_are_told(store: Store) -> None:
    world = World()
    for key, name in {"a": "Hill Light GmbH", "b": "HILL LIGHT", "c": "Hill Lighting", "d": "Wood"}.items():
        world.customer(key, name=name)
    world.load(store)

    def others(customer_id: str, name: str, text: str | None) -> list[str]:
        found = run_sync(
            store, other_matches, customer_id=customer_id, name=name, text=text, as_of=NOW, first=3
        )
        return [one.customer_id for one in found]

    assert others("a", "Hill Light GmbH", "Hill Light GmbH") == ["b"]
    assert others("b", "HILL LIGHT", "hill light") == ["a"]
    assert others("b", "HILL LIGHT", "b") == others("b", "HILL LIGHT", None) == ["a"]
    assert others("c", "Hill Lighting", "hill lighti") == []
    assert others("c", "Hill Lighting", "hill") == ["b", "a"]
    assert others("d", "Wood", "wood") == []


def test_a_name_changed_by_a_later_load_is_found_by_the_new_alone(named: Store) -> None:
    named.upsert_nodes(
        "Customer", [{"id": "att", "props": {"name": "Cingular Wireless", "short_name": "CW"}}]
    )
    assert first(named, "at&t") is None
    assert (first(named, "cingular"), first(named, "wireless"), first(named, "cw")) == ("att",) * 3
    named.upsert_nodes("Customer", [{"id": "att", "props": {"industry": "telecom"}}])
    assert first(named, "cingular") == "att"
    named.upsert_nodes("Customer", [{"id": "att", "props": {"short_name": None}}])
    assert first(named, "cw") is None


def test_where_more_answer_than_are_ranked_both_engines_take_the_same(store: Store) -> None:
    names = {f"c{n:04d}": f"Pump works {'x' * (n % 7)}{n}" for n in range(600)}
    store.upsert_nodes("Customer", ({"id": key, "props": {"name": name}} for key, name in names.items()))
    found = [one.customer_id for one in matches(store, text="works", first=3)]
    assert found == ["c0000", "c0007", "c0014"]


OLD = Query(
    "test.old",
    "CREATE (:Customer {customer_id: 'a', name: 'Müller GmbH', short_name: 'Mü'}),"
    " (:Customer {customer_id: 'b'})",
    frozenset(),
    "write",
)
OLDER = Query("test.older", "MATCH (m:Migration) WHERE m.version > 3 DELETE m", frozenset(), "write")


def test_a_graph_of_an_older_version_is_migrated(store: Store) -> None:
    store.write(OLD)
    store.write(OLDER)
    assert matches(store, text="muller") == ()
    assert migrations.migrate(store).from_version == 3
    assert (first(store, "muller"), first(store, "mu")) == ("a", "a")


def test_pages_are_filtered_by_folded_names(named: Store) -> None:
    def listed(text: str) -> list[str]:
        found = run_sync(named, page, request=ProfileRequest(NOW), first=50, where=PageFilter(text=text))
        return [line.customer_id for line in found.lines]

    assert listed("muller") == ["mueller"]
    assert listed("at&t") == ["att"]
    assert listed("宏达") == ["hd"]
    assert listed("&") == []


def test_who_has_ended_answers_to_nothing_any_more(store: Store) -> None:
    """Neither by id, number, name nor part of it; as of a day before the end it does."""
    world = World()
    world.customer("over", name="Hill Light GmbH", short_name="Hillig", tax_id="DE1", ended_at=ago(5))
    world.customer("goes-on", name="Hillside Foods")
    world.node("Alias", "Customer|crm:7")
    world.part("ALIAS_OF", ("Alias", "Customer|crm:7"), ("Customer", "over"))
    world.load(store)
    asked = ("over", "crm:7", "DE1", "Hill Light GmbH", "hill light", "hillig", "hill", "light", "ight")
    found = {text: [one.customer_id for one in matches(store, text)] for text in asked}
    assert {text for text, ids in found.items() if "over" in ids} == set()
    assert found["hill"] == ["goes-on"]
    before = {text: run_sync(store, match, text=text, as_of=ago(6)) for text in asked}
    assert [text for text, ones in before.items() if "over" not in {one.customer_id for one in ones}] == []
    orders: tuple[Order, ...] = ("name", "risk")
    for order in orders:
        listed = run_sync(
            store, page, request=ProfileRequest(NOW), first=9, order=order, where=PageFilter(text="hill")
        )
        assert [line.customer_id for line in listed.lines] == ["goes-on"]
