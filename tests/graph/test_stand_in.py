"""What most customers bought stands in for recommendations while no model has made any."""

from graph.derive import derive
from graph.offers.stand_in import stand_ins
from graph.profile.read import ProfileRequest
from graph.score_view.model import Suggestion
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago


def shop() -> World:
    """Ten buyers of nuts, of whom four also bought hoses; `new` bought nothing."""
    world = World()
    for name in ("nut", "hose", "rare"):
        world.node("Product", name, name=name.title(), list_price=2.5, currency="EUR")
    world.order("oa", world.customer("acme"), ago(60), [("nut", 1.0, 2.5)])
    for number in range(9):
        names = ["nut"] + (["hose"] if number < 4 else []) + (["rare"] if number == 0 else [])
        lines = [(name, 1.0, 2.5) for name in names]
        world.order(f"o{number}", world.customer(f"b{number}"), ago(30 + number), lines)
    world.customer("new")
    return world


def asked(store: Store, *customers: str, first: int = 5, ago_days: int = 0) -> dict[str, list[Suggestion]]:
    as_of = ago(ago_days) if ago_days else None
    request = ProfileRequest(NOW, as_of=as_of, suggestions=first)
    found = run_sync(store, stand_ins, customer_ids=list(customers), request=request)
    return {customer: list(suggested) for customer, suggested in found.items()}


def test_what_most_bought_and_this_one_did_not(store: Store) -> None:
    shop().load(store)
    assert asked(store, "new") == {}, "nothing is derived yet"
    derive(store, NOW)
    found = asked(store, "new", "b0", "b4", "nobody")
    assert {customer: [one.product_id for one in listed] for customer, listed in found.items()} == {
        "new": ["nut", "hose"], "b0": [], "b4": ["hose"]
    }  # fmt: skip
    nut, hose = found["new"]
    assert (nut.rank, nut.probability, hose.rank, hose.probability) == (1, 1.0, 2, 0.4)
    assert (hose.fallback, hose.model_id, hose.recommendation_id) == ("no_model", None, "p:hose")
    assert [hose.reasons[0].told(language) for language in ("en", "zh")] == [
        "4 customers bought it", "4 家客户购买过"
    ]  # fmt: skip
    assert [one.product_id for one in asked(store, "new", first=1)["new"]] == ["nut"]
    assert asked(store, "new", ago_days=20) == {}, "what is popular is of today"


def test_it_is_left_out_or_kept_back_as_recommendations_are(store: Store) -> None:
    world = shop()
    dismissed = {"outcome": "dismissed", "dismissal": "has_it"}
    world.fact("OFFERED", ("Customer", "b4"), ("Product", "hose"), valid_from=ago(20), **dismissed)
    world.node("Ticket", "t1", kind="complaint", opened_at=ago(3))
    world.part("FOR", ("Ticket", "t1"), ("Customer", "new"))
    world.load(store)
    derive(store, NOW)
    store.upsert_nodes("Product", [{"id": "nut", "props": {"active": False}}])
    found = asked(store, "new", "acme", "b4")
    assert {customer: [one.product_id for one in listed] for customer, listed in found.items()} == {
        "acme": ["hose"], "b4": []
    }  # fmt: skip


def test_none_beside_a_model(store: Store) -> None:
    world = shop()
    world.node("Recommendation", "r1", rank=1, score=0.5, probability=0.5, as_of=ago(1), model_id="m1")
    world.load(store)
    derive(store, NOW)
    assert asked(store, "new") == {}
