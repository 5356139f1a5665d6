"""No dead ends: whatever record an answer names, `node` answers to it, for who was told of it.

Questions are drawn about what earlier answers named, with every field of each; whatever they name is asked
for. CI asks some of them about the small companies of other tests; `make test-long` asks a thousand about a
simulated company that is derived and scored as the demo does it.
"""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.store import AsyncStore, Store
from tests.api.client import Client
from tests.api.everything import SCHEMA, question
from tests.api.ids import known, named, places
from tests.api.test_access import drawn, served, signed
from tests.api.test_viewers import ONCE, internal, more_of
from tests.conftest import Cli
from tests.graph.world import World, ago

pytestmark = pytest.mark.slow

ABOUT = {
    "account": '(match: "{Customer}")', "accounts": '(match: "{Customer}")',
    "customer": '(id: "{Customer}")', "churnRisk": '(customer: "{Customer}")',
    "recommendations": '(customer: "{Customer}", first: 50)', "offers": '(product: "{Product}", first: 50)',
    "suppressedBy": '(customer: "{Customer}")', "network": '(customer: "{Customer}")',
    "decisionChain": '(opportunity: "{Opportunity}")', "warmPaths": '(to: "{Contact}", from: "{Employee}")',
    "node": '(id: "Order:{Order}")', "record": '(id: "Contact:{Contact}", asOf: "{day}")',
    "provenance": '(of: "Contact:{Contact}")', "derivations": '(of: "Customer:{Customer}")',
    "timeline": '(of: "Customer:{Customer}", first: 50)',
    "changesSince": '(account: "{Customer}", date: "{day}")',
    "meetingBrief": '(account: "{Customer}", attendees: ["{Contact}"])',
    "introductions": '(to: "{Contact}", from: { anybody: true })', "groupTree": '(account: "{Customer}")',
    "whatIf": '(account: "{Customer}", contactLeaves: "{Contact}")', "journey": '(account: "{Customer}")',
    "assignments": '(records: ["Ticket:{Ticket}"])', "consents": '(contact: "{Contact}")',
    "forecasts": '(records: ["Customer:{Customer}", "Opportunity:{Opportunity}"])',
    "relationships": '(account: "{Customer}")', "search": '(text: "{Customer}")',
}  # fmt: skip
"""Questions about records that answers have named."""
SUPPOSED = ("whatIf", "Gap.alertId")
"""A gap that there would be has no alert."""
KINDS = ("Customer", "Contact", "Employee", "Opportunity", "Order", "Product", "Ticket")


def test_of_every_id_it_is_known_what_it_names() -> None:
    assert [place for place in places() if not known(place)] == []
    assert SCHEMA.query_type is not None
    assert ONCE.keys() | ABOUT.keys() == SCHEMA.query_type.fields.keys()


class Walk:
    """Asks about what it was told of, and follows every id."""

    def __init__(self, client: Client, seed: int) -> None:
        self.answers = 0
        self.dead: list[tuple[str, str]] = []
        self.seen: Counter[str] = Counter()
        """How many ids each field told."""
        self._client, self._draw = client, Random(seed)
        self._found: dict[str, dict[str, bool]] = {}
        """Of each kind the ids that were told, and whether a record answers."""

    async def everything_once(self) -> None:
        """The questions that need no record."""
        for name, arguments in ONCE.items():
            await self._ask(name, arguments)

    async def on(self, answers: int) -> None:
        """So many answers more, about records that were named before."""
        while answers > 0:
            name = self._draw.choice(sorted(ABOUT))
            told = {
                kind: self._draw.choice(sorted(self._found[kind])) for kind in KINDS if kind in self._found
            }
            asked = ABOUT[name].replace("{day}", ago(self._draw.choice((10, 60, 200))).isoformat())
            for kind, one in told.items():
                asked = asked.replace("{" + kind + "}", one)
            if any("{" + kind + "}" in asked for kind in KINDS):
                continue  # no such record was named yet
            answers -= await self._ask(name, asked)

    async def _ask(self, name: str, arguments: str) -> bool:
        """Whether something was answered; what it named is asked for."""
        answer = await self._client.answer(question(name, arguments))
        assert internal({name + arguments: answer}) == []
        if not answer.get("data") or answer["data"][name] is None:
            return False
        self.answers += 1
        kind = SCHEMA.query_type
        assert kind is not None
        for place, typed_id in named(kind, answer["data"]):
            if (name, place) == SUPPOSED:
                continue
            self.seen[place] += 1
            if not await self._leads_on(typed_id) and (place, typed_id) not in self.dead:
                self.dead.append((place, typed_id))
        return True

    async def _leads_on(self, typed_id: str) -> bool:
        label, _, record_id = typed_id.partition(":")
        known_ones = self._found.setdefault(label, {})
        if record_id not in known_ones:
            known_ones[record_id] = await self._answers(typed_id)
        return known_ones[record_id]

    async def _answers(self, typed_id: str) -> bool:
        """Whether `node` answers with that record, and what it belongs to is named, too."""
        asked = "query ($id: ID!) { node(id: $id) { id kind recordId } }"
        answer: dict[str, Any] = await self._client.answer(asked, id=typed_id)
        found = (answer.get("data") or {}).get("node")
        return found is not None and found["id"] == typed_id


def much() -> World:
    """What the drawn company has not: tags, a model, a task of mine, a meeting of today, rules, forecasts."""
    world = World()
    world.node("Tag", "plain:vip", name="vip", name_zh="vip", dimension="plain")
    world.node(
        "Model", "m", task="churn", name="trees", cutoff=ago(90), horizon_days=90, trained_at=ago(3),
        snapshot_hash="h", code_version="v", seed=1, metrics='{"auc": 0.8}', promoted=True,
    )  # fmt: skip
    both: list[tuple[str, str, str | None]] = [("Employee", "e5", None), ("Contact", "kappa-boss", None)]
    world.met("today", ago(-0.1), both, channel="meeting")
    world.part("FOR", ("Interaction", "today"), ("Customer", "kappa"))
    world.node("Ticket", "t1", subject="what the score of `more_of` rests on", opened_at=ago(4))
    world.part("FOR", ("Ticket", "t1"), ("Customer", "kappa"))
    world.fact("WORKS_AT", ("Contact", "guest"), ("Customer", "omega"), valid_from=ago(5))
    world.fact("PARTNER_OF", ("Customer", "kappa"), ("Customer", "omega"))
    return world


async def test_every_id_in_an_answer_leads_to_a_record(
    store: Store, astore: AsyncStore, tmp_path: Path
) -> None:
    drawn(Random(1)).world.load(store)
    for world in (more_of("kappa"), much()):
        world.load(store)
    async with served(store, astore, tmp_path) as http:
        walk = Walk(signed(http, tmp_path, "editor", "e5"), seed=1)
        await walk.everything_once()
        await walk.on(60)
    assert walk.dead == []
    assert len(walk.seen) > 60, "fields that told an id"


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_a_thousand_answers_about_a_simulated_company(
    cli: Cli, store: Store, astore: AsyncStore, tmp_path: Path
) -> None:
    cli("demo", "--customers", 200, "--no-serve", timeout_s=1800)
    async with served(store, astore, tmp_path) as http:
        walk = Walk(signed(http, tmp_path, "reader", None), seed=1)
        await walk.everything_once()
        await walk.on(1_000 - walk.answers)
    assert walk.answers >= 1_000
    assert walk.dead == []
