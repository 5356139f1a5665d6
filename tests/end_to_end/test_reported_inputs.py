"""Small inputs that once went wrong without a word, compared with their expected results field by field.

The folders stand in `SHARED / "failing"`: exports, a mapping and, in `expected.md`, what a user expects.
Every case loads them by the defaults of `relgraph ingest`, derives, and asks the API.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from cypher import Query
from graph.derive import derive
from graph.search import read_index
from graph.store import AsyncStore, Store, open_async_store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.security import TokenBook
from ingest.mapping.read import read_mapping
from ingest.report import Report
from ingest.run import ingest
from tests.api.client import Client
from tests.paths import SHARED

pytestmark = pytest.mark.slow

FAILING = SHARED / "failing"
WALL = datetime(2026, 1, 1, tzinfo=UTC)
UMA = "crm:e1"
SAMPLE = ("02", "05", "16", "21", "23")
"""Cases that run on every engine; the others are about reading files, which no engine does."""

Seen = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """A folder's exports in the graph, and the reports of their loads."""

    store: Store
    api: Client
    reports: list[Report]

    async def asked(self, document: str) -> Any:
        """The one field that a document asks for."""
        return next(iter((await self.api.data(document)).values()))

    def read(self, text: str) -> list[Any]:
        """The one column of a query."""
        return [next(iter(row.values())) for row in self.store.read(_query(text))]

    @property
    def said(self) -> str:
        """Everything that the last report tells."""
        report = self.reports[-1]
        return "\n".join([*report.notes, *(reason["example"]["reason"] for reason in report.reasons)])

    def counts(self, name: str) -> tuple[int, int, int]:
        """Rows of a dataset that the last load read, loaded and refused."""
        found = self.reports[-1].datasets[name]
        return found.read, found.loaded, found.quarantined


@dataclass(frozen=True)
class Case:
    """A folder, what of it is loaded one after the other, and how what came of it is seen."""

    folder: str
    seen: Callable[[Loaded], Any]
    expected: Seen
    exports: tuple[str, ...] = ("data",)
    names: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.folder}-{'-'.join(self.exports).replace('/', '.')}"


def _query(text: str) -> Query:
    return Query("test.ask", text, frozenset(), "read")


NAMES = "MATCH (c:Customer) RETURN c.name AS name ORDER BY name"


async def header_with_line_break(loaded: Loaded) -> Seen:
    return {
        "accounts": loaded.counts("accounts"),
        "sheet": loaded.counts("sheet"),
        "names": loaded.read(NAMES),
        "cities": loaded.read(
            "MATCH (c:Customer) WHERE c.city IS NOT NULL RETURN c.city AS city ORDER BY city"
        ),
        "revenue": loaded.read(
            "MATCH (c:Customer) WHERE c.revenue IS NOT NULL RETURN c.revenue AS r ORDER BY r"
        ),
        "keys": loaded.read("MATCH (c:Customer) RETURN c.customer_id AS id ORDER BY id"),
    }


async def future_date(loaded: Loaded) -> Seen:
    account = await loaded.asked(
        '{ account(match: "crm:1") { health { score } contacts { contact { name } }'
        f' warmPaths(from: "{UMA}") {{ steps {{ from {{ name }} to {{ name }} }} }}'
        " orders { orders } } }"
    )
    return {
        "now": str(loaded.reports[-1].clock.now.date()),
        "refused": loaded.counts("orders")[2],
        "told": "`2204-03-12` is not a date" in loaded.said,
        "health": round(account["health"]["score"]),
        "paths": [[(step["from"]["name"], step["to"]["name"]) for step in path["steps"]]
                  for path in account["warmPaths"]],
        "orders": account["orders"]["orders"],
    }  # fmt: skip


async def corrections(loaded: Loaded) -> Seen:
    account = await loaded.asked(
        '{ account(match:"crm:1"){ owners{employee{name}} contacts{contact{name}} related{name}'
        ' decisionChain(opportunity:"crm:d1"){members{contact{name} role}} } }'
    )
    beta = await loaded.asked('{ account(match:"crm:2"){ contacts{contact{name}} related{name} } }')
    return {
        "owners": [one["employee"]["name"] for one in account["owners"]],
        "contacts": [one["contact"]["name"] for one in account["contacts"]],
        "related": account["related"] + beta["related"],
        "at Beta": [one["contact"]["name"] for one in beta["contacts"]],
        "roles": [(one["contact"]["name"], one["role"]) for one in account["decisionChain"]["members"]
                  if one["role"]],
    }  # fmt: skip


async def people_only(loaded: Loaded) -> Seen:
    account = await loaded.asked(
        '{ account(match:"Alpha"){ contacts{contact{name title}}'
        " decisionChain{asOf gaps{kind} members{contact{name title} role basis}} } }"
    )
    chain = account["decisionChain"]
    return {
        "now": chain["asOf"][:10],
        "contacts": sorted((one["contact"]["name"], one["contact"]["title"]) for one in account["contacts"]),
        "decides": [(one["contact"]["name"], one["contact"]["title"], one["basis"])
                    for one in chain["members"] if one["role"] == "DECISION_MAKER"],
        "no decision maker": "NO_DECISION_MAKER" in {gap["kind"] for gap in chain["gaps"]},
    }  # fmt: skip


async def moved_order(loaded: Loaded) -> Seen:
    sums = {}
    for name in ("Alpha", "Beta"):
        account = await loaded.asked(f'{{ account(match: "{name}") {{ orders {{ orders amount }} }} }}')
        sums[name] = (account["orders"]["orders"], account["orders"]["amount"] or 0)
    lines = """MATCH (:Order)-[r:CONTAINS]->(p:Product)
        RETURN p.name + ' ' + toString(r.line) AS line ORDER BY line"""
    return {**sums, "lines": loaded.read(lines), "replaced": loaded.reports[-1].datasets["orders"].replaced}


async def currencies(loaded: Loaded) -> Seen:
    account = await loaded.asked(
        '{ account(match:"Alpha"){ orders{orders amount currency amounts{currency amount} amountNote'
        " byYear{year amount}} health{parts{name text}} } }"
    )
    orders = account["orders"]
    return {
        "orders": (orders["orders"], orders["amount"], orders["currency"]),
        "amounts": {one["currency"]: one["amount"] for one in orders["amounts"]},
        "by year": orders["byYear"],
        "why": bool(orders["amountNote"]),
        "mixed sum": any(
            "15,100" in part["text"] or "15100" in part["text"] for part in account["health"]["parts"]
        ),
    }


async def short_years(loaded: Loaded) -> Seen:
    return {
        "accounts": loaded.counts("accounts"),
        "created": loaded.read(
            "MATCH (c:Customer) RETURN toString(c.created_at) AS at ORDER BY c.customer_id"
        ),
    }


async def one_file(loaded: Loaded) -> Seen:
    return {
        "datasets": list(loaded.reports[-1].datasets),
        "skipped": "contacts" in loaded.said and "skipped" in loaded.said,
        "names": loaded.read(NAMES),
        "people": loaded.read("MATCH (c:Contact) RETURN c.name AS name"),
    }


async def placeholders(loaded: Loaded) -> Seen:
    return {
        "customers": len(loaded.read(NAMES)),
        "West": loaded.read("MATCH (c:Customer {tax_id: 'DE123456789'}) RETURN c.customer_id AS id"),
        "named": all(f"`{value}`" in loaded.said for value in ("0", "-", "9.13301e+17")),
    }


async def deleted(loaded: Loaded) -> Seen:
    return {
        "filtered": loaded.reports[-1].datasets["accounts"].filtered,
        "said": "1 filtered row" in loaded.said,
    }


async def encodings(loaded: Loaded) -> Seen:
    return {
        "names": loaded.read(NAMES),
        "guessed": sorted(
            note.split(",")[0] for note in loaded.reports[-1].notes if "guessed encoding" in note
        ),
        "bad byte": loaded.counts("utf8_one_bad_byte"),
    }


async def channels(loaded: Loaded) -> Seen:
    (path,) = await loaded.asked(
        f'{{ warmPaths(from: "{UMA}", to: "crm:c1") {{ strength steps {{ interactions }} }} }}'
    )
    return {
        "channels": loaded.read("MATCH (i:Interaction) RETURN i.channel AS c ORDER BY i.interaction_id"),
        "strength": round(path["strength"], 2),
    }


async def search(loaded: Loaded) -> Seen:
    texts = ("at&t", "muller", "societe generale", "Socie\u0301te\u0301 Ge\u0301ne\u0301rale")
    return {text: (await loaded.api.data("query ($t: String!) { account(match: $t) { name } }", t=text))
            ["account"]["name"] for text in texts}  # fmt: skip


async def repeated_header(loaded: Loaded) -> Seen:
    return {
        "accounts": loaded.counts("accounts"),
        "mail": loaded.read("MATCH (c:Customer) RETURN c.x_mail AS mail"),
        "said": [note for note in loaded.reports[-1].notes if "stands twice" in note],
    }


async def second_address(loaded: Loaded) -> Seen:
    return {
        "contacts": loaded.counts("contacts"),
        "Dan": loaded.read("MATCH (c:Contact {name: 'Dan Dorr'}) RETURN c.email AS email"),
        "Eve": loaded.read("MATCH (c:Contact {name: 'Eve Eck'}) RETURN c.email AS email"),
        "counted": ("holds 2 mail addresses" in loaded.said, "is not a mail address" in loaded.said),
    }


async def same_job(loaded: Loaded) -> Seen:
    account = await loaded.asked('{ account(match:"Alpha"){ contacts{contact{name title phone} since} } }')
    return {
        "jobs": [(one["contact"]["name"], one["contact"]["title"], one["since"][:10])
                 for one in account["contacts"]],
        "phone": [one["contact"]["phone"] for one in account["contacts"]],
        "ever": loaded.read("MATCH (:Contact)-[r:WORKS_AT]->() RETURN toString(r.valid_to) AS ended"),
    }  # fmt: skip


async def older_export(loaded: Loaded) -> Seen:
    account = await loaded.asked('{ account(match:"crm:1"){ name owners{employee{name}} } }')
    return {"name": account["name"], "owners": [one["employee"]["name"] for one in account["owners"]]}


NORMAL = {"health": 99, "paths": [[("Uma", "Ann Arvid")]], "orders": 2, "now": "2024-03-12"}
CASES = [
    Case(
        "01-header-line-break",
        header_with_line_break,
        {
            "accounts": (3, 3, 0),
            "sheet": (3, 3, 0),
            "names": ["Alpha", "Beta", "Dal Oy", "Fjord AS", "Gamma", "Skog AB"],
            "cities": ["Bonn", "Kiel", "Ulm"],
            "revenue": [100, 1200.5, 3400],
            "keys": ["erp:1", "erp:2", "erp:3", "xl:10", "xl:11", "xl:12"],
        },
    ),
    Case("02-one-future-date-moves-now", future_date, NORMAL | {"refused": 0, "told": False}),
    Case(
        "02-one-future-date-moves-now", future_date, NORMAL | {"refused": 1, "told": True}, ("data", "data2")
    ),
    Case(
        "02-one-future-date-moves-now",
        future_date,
        NORMAL | {"refused": 1, "told": True, "now": "2024-03-05", "health": 100},
        ("data2",),
    ),
    Case(
        "03-corrections-stay-invisible",
        corrections,
        {
            "owners": ["Vic"],
            "contacts": ["Ann"],
            "related": [],
            "at Beta": ["Bob"],
            "roles": [("Ann", "BLOCKER")],
        },
        ("data", "data2"),
    ),
    Case(
        "04-accounts-and-contacts-only",
        people_only,
        {
            "now": "2022-01-01",
            "contacts": [("Ann Arvid", "CEO"), ("Bob Brun", "Buyer")],
            "decides": [("Ann Arvid", "CEO", "INFERRED")],
            "no decision maker": False,
        },
    ),
    Case(
        "05-order-moved-counts-twice",
        moved_order,
        {"Alpha": (0, 0), "Beta": (1, 250), "lines": ["Pipe 1"], "replaced": 0},
        ("data", "data2"),
    ),
    Case(
        "05-order-moved-counts-twice",
        moved_order,
        {"Alpha": (0, 0), "Beta": (1, 250), "lines": ["Pipe 2", "Pump 1"], "replaced": 1},
        ("data3",),
    ),
    Case(
        "06-currencies-added-up",
        currencies,
        {
            "orders": (2, None, None),
            "amounts": {"EUR": 100, "JPY": 15000},
            "by year": [{"year": 2024, "amount": None}],
            "why": True,
            "mixed sum": False,
        },
    ),
    Case(
        "07-month-name-short-year",
        short_years,
        {
            "accounts": (4, 4, 0),
            "created": ["2023-07-30T00:00Z", "2020-11-10T00:00Z", "1999-07-30T15:11Z", "2023-07-30T00:00Z"],
        },
    ),
    Case(
        "10-one-file-read-as-every-dataset",
        one_file,
        {"datasets": ["accounts"], "skipped": True, "names": ["Nord"], "people": []},
        ("data/accounts.csv",),
    ),
    Case(
        "11-placeholder-tax-numbers-merge", placeholders, {"customers": 7, "West": ["crm:4"], "named": True}
    ),
    Case("12-deleted-record-stays", deleted, {"filtered": 1, "said": True}, ("data", "data2")),
    Case(
        "13-guessed-encoding-unsaid",
        encodings,
        {
            "names": [
                "Café One",
                "Müller",
                "ООО Ромашка",
                "台達電子",
                "株式会社ソニック",
                "能登工業",
                "華碩電腦股份有限公司",
            ],
            "guessed": [
                f"{name}.csv: guessed encoding {encoding}"
                for name, encoding in (
                    ("big5", "big5"),
                    ("cp1251", "cp1251"),
                    ("sjis", "cp932"),
                    ("utf8_one_bad_byte", "utf-8"),
                )
            ],
            "bad byte": (3, 2, 1),
        },
    ),
    Case(
        "15-channel-spelling-halves-ties",
        channels,
        {"channels": ["meeting", "call", "email"], "strength": 0.97},
    ),
    Case(
        "16-search-finds-another-company",
        search,
        {
            "at&t": "AT&T Inc",
            "muller": "Müller GmbH",
            "societe generale": "Société Générale",
            "Socie\u0301te\u0301 Ge\u0301ne\u0301rale": "Société Générale",
        },
    ),
    Case(
        "18-repeated-header",
        repeated_header,
        {
            "accounts": (1, 1, 0),
            "mail": ["a@x.example"],
            "said": ["accounts.csv: column `email` stands twice (columns 3 and 4): the second is `email_3`"],
        },
    ),
    Case(
        "18-repeated-header",
        repeated_header,
        {
            "accounts": (1, 1, 0),
            "mail": ["info@x.example"],
            "said": ["accounts.csv: column `email` stands twice (columns 3 and 4): the second is `email_2`"],
        },
        ("data2",),
    ),
    Case(
        "21-second-mail-address-dropped",
        second_address,
        {
            "contacts": (2, 2, 0),
            "Dan": ["dan@beta.example"],
            "Eve": [None],
            "counted": (True, True),
        },
    ),
    Case(
        "22-unchanged-job-restarts",
        same_job,
        {"jobs": [("Ann", "CEO", "2023-01-01")], "phone": ["222"], "ever": [None]},
        ("data", "data2"),
    ),
    Case(
        "23-older-export-undoes-newer",
        older_export,
        {"name": "Alpha Holding", "owners": ["Vic"]},
        ("newer", "older"),
    ),
    Case(
        "23-older-export-undoes-newer",
        older_export,
        {"name": "Alpha Holding", "owners": ["Vic"]},
        ("older", "newer"),
    ),
]


@asynccontextmanager
async def asking(store: Store, home: Path, reports: list[Report]) -> AsyncIterator[Loaded]:
    """The API over what is loaded, as a reader asks it."""

    opened = await open_async_store(store.config)

    async def connect() -> AsyncStore:
        return opened

    config = ApiConfig(store.config, home / "tokens.json", Limits(deadline_s=120))
    app = create_app(config, connect, finder=read_index(store))
    token = TokenBook(home / "tokens.json").create(
        employee_id=None, role="reader", days=1, now=datetime.now(UTC)
    )
    async with (
        opened,
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api") as http,
    ):
        yield Loaded(store, Client(http, token.token), reports)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_the_expected_result(case: Case, store: Store, tmp_path: Path) -> None:
    folder = FAILING / case.folder
    if not folder.is_dir():
        pytest.skip(f"{case.folder} is absent below {FAILING}; set RELGRAPH_SHARED")
    if store.config.uri is not None and not case.folder.startswith(SAMPLE):
        pytest.skip("about reading files, which no engine does; the embedded engine has it")
    mapping = read_mapping(folder / "mapping.yml")
    reports = [ingest(store, mapping, folder / export, tmp_path, WALL) for export in case.exports]
    assert all(dataset.adds_up for report in reports for dataset in report.datasets.values())
    derive(store)
    async with asking(store, tmp_path, reports) as loaded:
        assert await case.seen(loaded) == case.expected
