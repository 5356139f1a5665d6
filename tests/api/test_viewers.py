"""A brute-force oracle over generated viewers: what is kept back from them changes none of their answers.

Each viewer is asked every question of the API with every field of it. Then a customer that is not among
their rows gets more of everything (people, deals, orders, complaints, talks, scores, items, tags), and is
asked again: counts, order, paths and every figure must be as they were. Nothing is derived in between, for
what derive compares (quantiles, peers) is about everybody. Fields of a role are compared with the rules,
read a second time. `make viewers` runs it for 1,000 viewers; CI for a few.
"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.store import AsyncStore, Store
from graphql_api.access.rules import rules
from graphql_api.security import TokenRole
from tests.api.client import Client
from tests.api.everything import SCHEMA, question, refused_places, told
from tests.api.test_access import COMPANIES, EMPLOYEES, REGIONS, Truth, drawn, served, signed
from tests.graph.world import NOW, World, ago
from tests.histories import seeds

pytestmark = pytest.mark.slow

FEW = 6
"""Viewers of a company where only a sample is asked."""
Viewer = tuple[TokenRole, str, tuple[str, ...]]
ONCE = {
    "customers": "(first: 50, orderBy: [{ by: NAME }])", "viewer": "", "alerts": "(first: 100)",
    "tasks": "(first: 50)", "myDay": "", "introductionRequests": "", "opportunities": "(first: 50)",
    "tickets": "(first: 50)", "orders": "(first: 50)", "contacts": "(first: 50, orderBy: [{ by: SILENCE }])",
    "tags": "", "segments": "", "models": "", "review": "(kind: CUSTOMER)", "quality": "", "trackRecord": "",
    "search": '(text: "deal", first: 50)',
}  # fmt: skip
"""Questions about everything, with their arguments."""
OF_ONE = {
    "account": '(match: "{c} ltd")', "accounts": '(match: "{c}")', "customer": '(id: "{c}")',
    "churnRisk": '(customer: "{c}")',
    "recommendations": '(customer: "{c}")',
    "offers": '(customer: "{c}", first: 50)',
    "forecasts": '(records: ["Customer:{c}", "Opportunity:{c}-deal"])',
    "suppressedBy": '(customer: "{c}")',
    "network": '(customer: "{c}")', "decisionChain": '(customer: "{c}")',
    "warmPaths": '(to: "{c}-boss", from: "e5")',
    "node": '(id: "Contact:{c}-boss")', "record": '(id: "Customer:{c}", asOf: "{t}")',
    "provenance": '(of: "Customer:{c}")', "derivations": '(of: "Customer:{c}")',
    "timeline": '(of: "Customer:{c}")', "changesSince": '(account: "{c}", date: "{t}")',
    "meetingBrief": '(account: "{c}", attendees: ["{c}-boss"])', "groupTree": '(account: "{c}")',
    "introductions": '(account: "{c}", first: 50)', "journey": '(account: "{c}")',
    "whatIf": '(account: "{c}", contactLeaves: "{c}-boss", first: 50)',
    "assignments": '(records: ["Ticket:{c}-ticket"])',
    "relationships": '(account: "{c}")', "consents": '(contact: "{c}-boss")',
}  # fmt: skip
"""Questions about one customer; more ways than there are, so that a new one displaces none."""
ABOUT_ALL = frozenset({"quality", "trackRecord", "models"})
"""Reports about everybody, for roles whose rows are all."""


def test_every_question_is_asked() -> None:
    assert SCHEMA.query_type is not None
    assert ONCE.keys() | OF_ONE.keys() == SCHEMA.query_type.fields.keys()


def viewers(draw: Random, few: int | None) -> list[Viewer]:
    """Every role with every employee or choice of regions that it may have, or a sample of these."""
    found: list[Viewer] = []
    for role, rule in rules().roles.items():
        if rule.rows in ("own", "team"):
            found += [(role, employee, ()) for employee in EMPLOYEES]  # type: ignore[misc]  # names of roles
        else:
            chosen = [(), *((one,) for one in REGIONS), *combinations(REGIONS, 2)]
            found += [(role, draw.choice(EMPLOYEES), regions) for regions in chosen]  # type: ignore[misc]
    return found if few is None else draw.sample(found, few)


def more_of(one: str) -> World:
    """Much of a customer that was not there, in the company of somebody who never looks."""
    world = World()
    world.contact("zq-buyer", one, "Buyer")
    world.opportunity("zq-deal", one, name="zq deal", amount=99_000.0, expected_at=ago(-3))
    for place in (("Customer", one), ("Opportunity", "zq-deal"), ("Opportunity", f"{one}-deal")):
        world.role("zq-buyer", place, "economic_buyer", stance=-1, influence=0.9)
    world.fact("REPORTS_TO", ("Contact", f"{one}-boss"), ("Contact", "zq-buyer"))
    world.order("zq-order", one, ago(2), [("pump", 70.0, 9_000.0)])
    world.node("Ticket", "zq-ticket", subject="zq", opened_at=ago(1), status="open", category="complaint")
    world.node("Invoice", "zq-invoice", issued_at=ago(90), due_at=ago(40), amount=5.0, open_amount=5.0)
    world.node("Task", "zq-task", subject="zq", due_at=ago(2))
    for label in ("Ticket", "Invoice", "Task"):
        world.part("FOR", (label, f"zq-{label.lower()}"), ("Customer", one))
    people: list[tuple[str, str, str | None]] = [("Employee", "gone", "from"), ("Contact", "zq-buyer", "to")]
    world.met("zq-talk", ago(1), people, note="zq")
    world.part("FOR", ("Interaction", "zq-talk"), ("Customer", one))
    world.tie(("Employee", "gone"), ("Contact", "zq-buyer"), 0.9)
    world.risk("zq-risk", one, 0.1)
    world.fact("TAGGED", ("Customer", one), ("Tag", "plain:vip"), reason="zq")
    world.node("Item", "zq-item", kind="machine", name="zq machine")
    world.fact("LINKED_TO", ("Item", "zq-item"), ("Customer", one), relation="at")
    told = {"rank": 1, "score": 0.9, "probability": 0.9, "scored_at": NOW, "as_of": NOW, "model_id": "m"}
    world.node("Recommendation", "zq-offer", **told, reasons="[]")
    world.part("FOR", ("Recommendation", "zq-offer"), ("Customer", one))
    world.part("ABOUT", ("Recommendation", "zq-offer"), ("Product", "pump"))
    return world


async def answers(client: Client) -> dict[str, Any]:
    """What the viewer is told, by question."""
    asked = {name: question(name, arguments) for name, arguments in ONCE.items()}
    for one in COMPANIES:
        for name, arguments in OF_ONE.items():
            given = arguments.replace("{c}", one).replace("{t}", ago(30).isoformat())
            asked[f"{name} {one}"] = question(name, given)
    return {name: in_order(await client.answer(text)) for name, text in asked.items()}


def in_order(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with its errors by path: fields that are awaited end in any order."""
    errors = sorted(answer.get("errors", ()), key=lambda error: str(error.get("path")))
    return answer | ({"errors": errors} if errors else {})


def without_ways_over_her(answer: dict[str, Any]) -> dict[str, Any]:
    """Without introductions over the new buyer: who stands in between is named (decision 0065)."""
    data = answer.get("data") or {}
    cut = {}
    if data.get("introductions") is not None:
        cut["introductions"] = _past_her(data["introductions"])
    if data.get("whatIf") is not None:
        sides = {name: data["whatIf"][name] for name in ("before", "after")}
        cut["whatIf"] = data["whatIf"] | {
            name: side | {"ways": _past_her(side["ways"])} for name, side in sides.items() if side["ways"]
        }
    return answer | {"data": data | cut} if cut else answer


def _past_her(ways: list[Any]) -> list[Any]:
    return [way for way in ways if "zq-buyer" not in str(way)]


def wrongly_told(role: str, found: dict[str, Any]) -> list[str]:
    """Fields that the role must not see and that an answer tells."""
    places, kind = refused_places(role), SCHEMA.query_type
    assert kind is not None
    return [
        place
        for name, answer in found.items()
        if answer.get("data")
        for place in told(kind, answer["data"], places, name)
    ]


def internal(found: dict[str, Any]) -> list[Any]:
    """Questions that met a defect of ours."""
    return [
        (name, error)
        for name, answer in found.items()
        for error in answer.get("errors", ())
        if error["extensions"]["code"] not in ("FORBIDDEN", "NOT_FOUND", "BAD_INPUT", "ENGINE_UNAVAILABLE")
    ]


def changed(before: Any, after: Any, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two answers differ, with what each says there."""
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        for name in before:
            yield from changed(before[name], after[name], f"{at}.{name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from changed(one, other, f"{at}.{number}")
    elif before != after:
        yield at, before, after


@pytest.mark.parametrize("seed", seeds(1))
async def test_what_is_kept_back_changes_no_answer(
    store: Store, astore: AsyncStore, tmp_path: Path, seed: int
) -> None:
    draw = Random(seed)
    truth = drawn(draw)
    truth.world.node("Tag", "plain:vip", name="vip", name_zh="vip", dimension="plain")  # a word all may read
    truth.world.load(store)
    asked = viewers(draw, FEW if len(seeds(1)) == 1 else None)
    one = draw.choice(COMPANIES)
    async with served(store, astore, tmp_path) as http:
        clients = [signed(http, tmp_path, *viewer) for viewer in asked]
        before = [await answers(client) for client in clients]
        for viewer, found in zip(asked, before, strict=True):
            assert wrongly_told(viewer[0], found) == [], viewer
            assert internal(found) == [], viewer
        more_of(one).load(store)
        for viewer, client, found in zip(asked, clients, before, strict=True):
            await _check(truth, viewer, client, found, one)
        everybody = signed(http, tmp_path, "reader", None)
        assert "zq" in str(await answers(everybody)), "there is something to keep back"


async def _check(truth: Truth, viewer: Viewer, client: Client, before: dict[str, Any], one: str) -> None:
    if one in truth.rows(*viewer):
        return
    after = {name: without_ways_over_her(answer) for name, answer in (await answers(client)).items()}
    assert list(changed(before, after)) == [], viewer
    assert "zq" not in str(after), viewer
