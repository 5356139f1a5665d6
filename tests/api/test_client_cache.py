"""An entity is the same wherever an answer reaches it, so that clients may keep it by its id.

Every field of the schema that needs no argument of its own is asked for, from each place where it is reached.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from graphql import GraphQLObjectType, GraphQLSchema, build_schema, get_named_type, is_leaf_type
from graphql.type import GraphQLField

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, BOSS, DEAL, ENGINEER
from tests.api.conftest import Signed
from tests.graph.world import NOW, World, ago
from tests.paths import REPO

SCHEMA: GraphQLSchema = build_schema((REPO / "graphql_api" / "schema.graphql").read_text("utf-8"))
DEPTH = 6
ROOTS = {
    "account": f'account(match: "{ACME}")', "accounts": 'accounts(match: "宏达")', "customers": "customers",
    "customer": f'customer(id: "{ACME}")', "decisionChain": f'decisionChain(opportunity: "{DEAL}")',
    "warmPaths": f'warmPaths(to: "{BOSS}")', "viewer": "viewer", "network": f'network(customer: "{ACME}")',
    "churnRisk": f'churnRisk(customer: "{ACME}")', "recommendations": f'recommendations(customer: "{ACME}")',
}  # fmt: skip
ENTITY_KEYS = {
    "Contact": "contactId",
    "Employee": "employeeId",
    "Product": "productId",
    "Customer": "customerId",
}
OWN = {"Customer": {"otherMatches"}}
"""Fields that belong to the question rather than to the entity: what else answered to the text."""


def selection(kind: GraphQLObjectType, depth: int) -> str:
    """Every field of a type that can be asked without arguments, to this depth."""
    parts = ["__typename"]
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if any(argument.default_value is None and argument.type for argument in _needed(field)):
            continue
        if is_leaf_type(inner):
            parts.append(name)
        elif depth and isinstance(inner, GraphQLObjectType):
            parts.append(f"{name}{selection(inner, depth - 1)}")
    return f"{{ {' '.join(parts)} }}"


def _needed(field: GraphQLField) -> list[Any]:
    return [argument for argument in field.args.values() if str(argument.type).endswith("!")]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of an answer; the root has no type here."""
    if isinstance(value, dict):
        if "__typename" in value:
            yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def _documents() -> dict[str, str]:
    """One query per root field; those that answer with customers once per field of a customer."""
    query = SCHEMA.query_type
    assert query is not None
    assert ROOTS.keys() <= query.fields.keys()
    found = {}
    for name, call in ROOTS.items():
        kind = get_named_type(query.fields[name].type)
        assert isinstance(kind, GraphQLObjectType)
        found[name] = f"{{ {call} {selection(kind, 1 if name in CUSTOMERS else DEPTH)} }}"
    customer = SCHEMA.type_map["Customer"]
    assert isinstance(customer, GraphQLObjectType)
    for name, field in customer.fields.items():
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLObjectType):
            below = selection(inner, SHALLOW.get(name, DEPTH))
            found[f"account.{name}"] = f"{{ {ROOTS['account']} {{ __typename customerId {name} {below} }} }}"
    return found


SHALLOW = {"otherMatches": 1, "alerts": 2}
"""Fields that lead to customers again: below them only so deep."""
CUSTOMERS = ("account", "accounts", "customer", "customers")


def bigger() -> World:
    """Records of several kinds under one id, people without stated departments, two jobs, one node twice."""
    world = World()
    world.customer("same", name="宏达 二厂")
    world.node("Employee", BOB, email="bob@us.example", role="engineer")
    world.node("Contact", BOSS, phone="+86 21 1", mobile="+86 139")
    world.fact("OWNS", ("Employee", BOB), ("Customer", ACME))
    world.fact("WORKS_AT", ("Contact", ENGINEER), ("Customer", ACME), title="Head of IT", valid_from=ago(50))
    world.node("Order", "same", ordered_at=ago(3), kind="sale", amount=1.0)
    world.node("Ticket", "same", opened_at=ago(2))
    evidence = ["Order:same", "Ticket:same", "Interaction:same", "Contact:same"]
    reasons = [{"text": kind, "contribution": 0.1, "evidence": evidence} for kind in ("one", "other")]
    world.node(
        "RiskScore", "s9", task="churn", model_id="churn-1", scored_at=NOW, as_of=NOW, horizon_days=90,
        probability=0.6, percentile=0.9, band="high", reasons=orjson.dumps(reasons).decode(),
    )  # fmt: skip
    world.part("SCORED", ("Customer", ACME), ("RiskScore", "s9"))
    path = [
        {"kind": "Customer", "id": "same", "label": "宏达"},
        {"kind": "Product", "id": "same", "label": "宏达"},
        {"kind": "Customer", "id": "same", "label": "宏达 二厂"},
    ]  # fmt: skip
    why = orjson.dumps([{"text": "t", "contribution": 0.1, "path": path}]).decode()
    world.node(
        "Recommendation", "r9", model_id="cross-1", rank=2, score=1.0, probability=0.2, scored_at=NOW,
        as_of=NOW, reasons=why,
    )  # fmt: skip
    world.part("FOR", ("Recommendation", "r9"), ("Customer", ACME))
    world.part("ABOUT", ("Recommendation", "r9"), ("Product", "erp:P2"))
    return world


async def everything(client: Client) -> list[dict[str, Any]]:
    """All objects of all answers."""
    found: list[dict[str, Any]] = []
    for document in _documents().values():
        found += objects(await client.data(document))
    return found


@pytest.fixture
async def answers(store: Store, signed: Signed) -> list[dict[str, Any]]:
    """What Ann is told of the bigger company."""
    bigger().load(store)
    return await everything(signed(ANN))


def differing(found: list[dict[str, Any]], key_of: dict[str, str]) -> dict[tuple[str, str, str], set[str]]:
    """By type, id and field: the values, where there is more than one."""
    values: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in found:
        kind = one["__typename"]
        key = one.get(key_of.get(kind, "id"))
        if key is not None:
            for name in one.keys() - OWN.get(kind, set()):
                values[kind, key, name].add(orjson.dumps(one[name], option=orjson.OPT_SORT_KEYS).decode())
    return {place: seen for place, seen in values.items() if len(seen) > 1}


async def test_a_cache_by_type_and_id_shows_no_wrong_record(answers: list[dict[str, Any]]) -> None:
    cached = [one for one in answers if "id" in one]
    assert {one["__typename"] for one in cached} == {"Evidence", "ReasonNode", "Tag"}
    assert len({(one["__typename"], one["id"]) for one in cached}) >= 8
    assert differing(cached, {}) == {}
    assert {one["recordId"] for one in cached if one.get("kind") == "Ticket"} >= {"same"}


@pytest.mark.parametrize("kind", ENTITY_KEYS)
async def test_an_entity_is_the_same_wherever_it_is_reached(answers: list[dict[str, Any]], kind: str) -> None:
    found = [one for one in answers if one["__typename"] == kind]
    plain = [{name: one[name] for name in one if is_plain(one[name])} for one in found]
    assert len(plain) >= 2
    assert differing(plain, ENTITY_KEYS) == {}


def is_plain(value: Any) -> bool:
    """No object and no list of objects: those depend on what is selected beneath."""
    return not any(objects(value))


async def test_others_that_answer_to_the_name_are_told(store: Store, signed: Signed) -> None:
    world = World()
    world.customer("twin", name="上海宏达机电 有限公司")
    world.load(store)
    others = "otherMatches { customer { customerId tags { name } } by score }"
    ask = "query Ask($text: String!) { account(match: $text) { customerId " + others + " } }"
    for text in ("上海宏达机电", ACME, "上海宏达机电有限公司"):
        account = (await signed().data(ask, text=text))["account"]
        assert account["customerId"] == ACME
        assert [other["customer"] for other in account["otherMatches"]] == [
            {"customerId": "twin", "tags": []}
        ]
        assert account["otherMatches"][0]["by"] == "SPELLING"
    assert (await signed().data(ask, text="Zenith"))["account"]["otherMatches"] == []
