"""A small company whose answers are known, for tests of the API."""

import orjson

from tests.graph.world import NOW, World, ago

ACME = "crm:ACC-1"
DEAL = "crm:OPP-1"
BOSS, ENGINEER, BUYER, OTHER = "crm:CON-1", "crm:CON-2", "crm:CON-3", "crm:CON-4"
ANN, BOB = "hr:E-1", "hr:E-2"


def company() -> World:
    """One account with everything, and neighbours that must stay out of its answers."""
    world = World()
    _parties(world)
    _decision(world)
    _ties(world)
    _service(world)
    _learned(world)
    return world


def _parties(world: World) -> None:
    world.customer(
        ACME, name="上海宏达机电有限公司", short_name="宏达", tax_id="91310000MA1K4BCE7X", employees=420,
        industry="machinery", region="华东", country="CN", domains=["hongda.example"],
        x_parking_lots=3, x_tier="gold",
    )  # fmt: skip
    world.node("Alias", "Customer|erp:C0017")
    world.part("ALIAS_OF", ("Alias", "Customer|erp:C0017"), ("Customer", ACME))
    world.customer("crm:ACC-2", name="宏达物流", industry="logistics")
    world.customer("crm:ACC-3", name="Zenith Pumps", industry="machinery")
    for key, title in (
        (BOSS, "Chief Executive Officer"),
        (ENGINEER, "Engineer"),
        (BUYER, "Purchasing Manager"),
    ):
        world.contact(key, ACME, title=title)
    world.contact(OTHER, "crm:ACC-3", title="Owner")
    for key, name in ((ANN, "Ann"), (BOB, "Bob")):
        world.employee(key, name=name, team="East", role="account manager")
    world.fact("OWNS", ("Employee", ANN), ("Customer", ACME))
    world.fact("PARENT_OF", ("Customer", ACME), ("Customer", "crm:ACC-2"))
    world.node("Tag", "value:high", name="high value", name_zh="高价值", dimension="value")
    world.fact("TAGGED", ("Customer", ACME), ("Tag", "value:high"))


def _decision(world: World) -> None:
    world.opportunity(DEAL, ACME, name="New line", amount=900_000.0, currency="CNY", stage="proposal")
    world.opportunity("crm:OPP-2", ACME, name="Spare parts", amount=1_000.0, currency="CNY")
    world.role(
        BOSS, ("Opportunity", DEAL), "decision_maker", stance=1, influence=0.9, evidence=["Interaction:m1"]
    )
    world.role(ENGINEER, ("Opportunity", DEAL), "user_buyer", stance=-1, influence=0.3)
    world.fact("REPORTS_TO", ("Contact", ENGINEER), ("Contact", BOSS), basis="inferred", confidence=0.7)


def _ties(world: World) -> None:
    world.tie(("Employee", ANN), ("Contact", ENGINEER), 0.5, evidence=["Interaction:m1"])
    world.tie(("Contact", ENGINEER), ("Contact", BOSS), 0.8)
    world.tie(("Employee", BOB), ("Contact", BOSS), 0.6)
    world.met("m1", NOW, [("Employee", ANN, "from"), ("Contact", ENGINEER, "to")])


def _service(world: World) -> None:
    world.node("Product", "erp:P1", name="Pump", family="pumps", list_price=100.0, currency="CNY")
    world.node("Product", "erp:P2", name="Valve", family="valves")
    for number, days in enumerate((400, 200, 30)):
        order = world.node(
            "Order", f"erp:O{number}", ordered_at=ago(days), kind="sale", amount=100.0, currency="CNY"
        )
        world.part("PLACED", ("Customer", ACME), ("Order", order))
        world.part("CONTAINS", ("Order", order), ("Product", "erp:P1"), line=1, quantity=1.0, amount=100.0)
    world.node("Ticket", "desk:T1", opened_at=ago(20), status="open", sla_breached=True)
    world.part("FOR", ("Ticket", "desk:T1"), ("Customer", ACME))


def _learned(world: World) -> None:
    reasons = [
        {
            "text": "fewer orders",
            "feature": "orders_180",
            "value": 1,
            "contribution": 0.4,
            "evidence": ["Order:erp:O2"],
        }
    ]
    for key, customer, probability in (("s1", ACME, 0.61), ("s2", "crm:ACC-3", 0.12)):
        world.node(
            "RiskScore", key, task="churn", model_id="churn-1", scored_at=NOW, as_of=NOW, horizon_days=90,
            probability=probability, percentile=0.9, band="high" if probability > 0.5 else "low",
            reasons=orjson.dumps(reasons).decode(),
        )  # fmt: skip
        world.part("SCORED", ("Customer", customer), ("RiskScore", key))
    path = [
        {"kind": "Customer", "id": ACME, "label": "宏达"},
        {"kind": "Product", "id": "erp:P2", "label": "Valve"},
    ]
    why = orjson.dumps(
        [{"text": "customers like this one buy it", "contribution": 0.3, "path": path}]
    ).decode()
    world.node(
        "Recommendation",
        "r1",
        model_id="cross-1",
        rank=1,
        score=2.5,
        probability=0.4,
        scored_at=NOW,
        as_of=NOW,
        reasons=why,
    )
    world.part("FOR", ("Recommendation", "r1"), ("Customer", ACME))
    world.part("ABOUT", ("Recommendation", "r1"), ("Product", "erp:P2"))
