"""What requests tell of people stands in the trail, however the answer was written."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.clock import Clock, keep_clock
from graph.store import AsyncStore, Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.audit.find import Wanted, find, pseudonyms_of
from graphql_api.audit.line import Kept
from graphql_api.security import TokenBook, TokenRole
from relgraph.trail import Asked, trail
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, BOSS, BUYER, DEAL, ENGINEER, company
from tests.graph.world import NOW

MEMBERS = f"Contact:{BOSS}", f"Contact:{ENGINEER}"
PEOPLE = f"Contact:{BOSS}", f"Contact:{ENGINEER}", f"Contact:{BUYER}"
WHO = '{ customer(id: "crm:ACC-1") { %s } }'
CHAIN = 'query Chain { decisionChain(customer: "crm:ACC-1") { members { %s } } }'


class Desk:
    """An application with a trail, which is read after it has ended."""

    def __init__(self, store: Store, astore: AsyncStore, home: Path) -> None:
        self.store, self.home = store, home
        self._astore = astore
        self._book = TokenBook(home / "tokens.json")
        self.app = create_app(
            ApiConfig(store.config, home / "tokens.json", Limits(deadline_s=120), audit=home), self._connect
        )

    async def _connect(self) -> AsyncStore:
        return self._astore

    def token(self, employee: str, role: TokenRole = "account_manager") -> str:
        return self._book.create(employee_id=employee, role=role, days=1, now=datetime.now(UTC)).token

    async def asked(self, *asked: tuple[str, TokenRole, str, dict[str, Any]]) -> list[dict[str, Any]]:
        """The answers to (employee, role, document, variables), and then the trail is closed."""
        answers = []
        transport = httpx.ASGITransport(self.app)
        async with (
            self.app.router.lifespan_context(self.app),
            httpx.AsyncClient(transport=transport, base_url="http://api") as http,
        ):
            for employee, role, text, variables in asked:
                client = Client(http, self.token(employee, role))
                body = {"query": text, "variables": variables}
                answers.append((await client.post(body, **{"X-Relgraph-Purpose": "renewal"})).json())
        return answers

    def told(self) -> list[Kept]:
        return find(self.home, Wanted()).readings

    def names(self, *typed_ids: str) -> list[str]:
        return sorted(map(pseudonyms_of(self.home).of, typed_ids))


@pytest.fixture
async def desk(store: Store, astore: AsyncStore, tmp_path: Path) -> Desk:
    """On the small company."""
    world = company()
    world.node("Alias", "Contact|erp:K9")
    world.part("ALIAS_OF", ("Alias", "Contact|erp:K9"), ("Contact", BOSS))
    world.load(store)
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)
    return Desk(store, astore, tmp_path)


@pytest.mark.query("feed.statements", "alias.of", "directory.people")
async def test_who_saw_a_contact_and_what_somebody_saw_and_stated(desk: Desk) -> None:
    written = {"contact": BUYER, "role": "CHAMPION", "opportunity": DEAL, "why": "told us"}
    state = "mutation S($i: AssertRoleInput!) { assertRole(input: $i) { __typename } }"
    found = await desk.asked(
        (ANN, "account_manager", CHAIN % "contact { name email }", {}),
        (BOB, "executive", '{ customer(id: "crm:ACC-3") { name contacts { contact { name } } } }', {}),
        (BOB, "executive", '{ customer(id: "crm:ACC-1") { name } }', {}),
        (ANN, "account_manager", state, {"i": written}),
    )
    assert all("errors" not in one for one in found), found
    saw = trail(desk.store, desk.home, Asked(subject="erp:K9", ids=True))
    (entry,) = [one for one in saw["entries"] if one["did"] == "read"]
    assert (entry["who"], entry["field"], entry["operation"], entry["purpose"], entry["role"]) == (
        ANN, "decisionChain", "Chain", "renewal", "account_manager",
    )  # fmt: skip
    assert sorted(entry["subjects"]) == sorted(MEMBERS)
    ann = trail(desk.store, desk.home, Asked(principal=ANN))["entries"]
    assert [one["did"] for one in ann] == ["read", "write.assert_role"]
    assert ann[1]["purpose"] == "told us"
    about = trail(desk.store, desk.home, Asked(subject=f"Contact:{BUYER}"))["entries"]
    assert [(one["did"], one["who"]) for one in about] == [("write.assert_role", ANN)]
    assert [one["who"] for one in trail(desk.store, desk.home, Asked(principal=BOB))["entries"]] == [BOB]
    assert trail(desk.store, desk.home, Asked(since=datetime(2200, 1, 1, tzinfo=UTC)))["entries"] == []


async def test_every_way_to_be_told_of_somebody_is_noted_and_no_other(desk: Desk) -> None:
    """Objects that are walked, values of records, hits, masks; not ids alone, and not what was refused."""
    boss = f"Contact:{BOSS}"
    asked: list[tuple[TokenRole, str, list[str]]] = [
        ("editor", f'{{ node(id: "{boss}") {{ name values {{ name text }} }} }}', [boss]),
        ("editor", f'{{ node(id: "{boss}") {{ id version }} }}', []),
        ("executive", CHAIN % "contact { email }", [*MEMBERS]),
        ("support", f'{{ churnRisk(customer: "{ACME}") {{ band }} }}', []),
        ("product", CHAIN % "contact { name }", []),
        ("editor", WHO % "contacts { contact { contactId title } }", []),
        ("editor", WHO % "contacts { contact { called: name } }", [*PEOPLE]),
        ("editor", WHO % "contacts { contact { name mayBeSameAs { oneId } } }",
         [*PEOPLE]),
        ("editor", WHO % "owners { employee { name } }", [f"Employee:{ANN}"]),
        ("editor", f'{{ network(customer: "{ACME}") {{ nodes {{ name }} }} }}',
         [*PEOPLE, f"Employee:{ANN}", f"Employee:{BOB}"]),
    ]  # fmt: skip
    await desk.asked(*((ANN, role, text, {}) for role, text, _ in asked))
    expected = [desk.names(*told) for _, _, told in asked if told]
    assert [sorted(one.subjects) for one in desk.told()] == expected


async def test_a_widget_is_noted_too(desk: Desk) -> None:
    transport = httpx.ASGITransport(desk.app)
    headers = {"Authorization": f"Bearer {desk.token(ANN, 'editor')}"}
    async with (
        desk.app.router.lifespan_context(desk.app),
        httpx.AsyncClient(transport=transport, base_url="http://api") as http,
    ):
        found = await http.get("/widgets/chain", params={"account": ACME}, headers=headers)
        assert found.status_code == 200, found.text
    (noted,) = desk.told()
    assert (noted.via, noted.field) == ("widget", "chain")
    assert set(desk.names(*MEMBERS)) <= set(noted.subjects)
