"""What the graph says goes back: planned, queued, sent once, conflicts told, faults waited out."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.merge.suspend import Clerk
from graph.merge.system import merge_by_itself
from graph.service import run_sync
from graph.store import Store
from ingest.mapping.read import read_mapping
from ingest.target.csv_file import write_files
from ingest.target.errors import TargetFailed
from relgraph.outgoing.plan import Planned, plan, same
from relgraph.outgoing.queue import Queue
from relgraph.outgoing.send import send
from relgraph.work.job import Job
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago
from tests.source.apis import TOKEN, Answer, Api, Request, served
from tests.work.crm import Records, writable
from tests.work.office import Office

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
MAPPING = """
source: hub
push:
  connector: rest
  to: {{system: hubspot, settings: {{token: "env:HUB", address: "{address}"}},
    attempts: 3, max_wait_s: 0.05, timeout_s: 2}}
  records:
    companies:
      label: Customer
      fields:
        phone: field.phone
        churn_risk: churn.band
        relgraph_tags: tags
        duplicate_of: merged_into
datasets:
  companies:
    file: "companies-*.jsonl"
    nodes: [{{label: Customer, key: id, fields: {{name: name, phone: phone}}}}]
"""


@pytest.fixture(autouse=True)
def sockets_end_here() -> Iterator[None]:
    """An answer that ends in its middle leaves its socket to the garbage collector."""
    yield
    gc.collect()


@dataclass
class Crm:
    """The API, its records, what it took, and the queue of a mapping that sends to it."""

    api: Api
    records: Records
    written: list[tuple[str, dict[str, Any]]]
    mapping: Path
    queue: Queue
    store: Store

    def plan(self) -> Planned:
        push = read_mapping(self.mapping).push
        assert push is not None
        return plan(self.store, push, "hub", self.queue, NOW)

    def put(self) -> int:
        found = self.plan()
        return self.queue.put(self.mapping, found.changes, found.withdrawn, NOW)

    def send(self) -> dict[str, int]:
        push = read_mapping(self.mapping).push
        assert push is not None
        return {
            str(state): count for state, count in send(self.queue, push, lambda _: TOKEN, lambda: NOW).items()
        }


@pytest.fixture
def world() -> World:
    """Two customers of the CRM: the first has a score, a tag and, from the ERP, another telephone number."""
    world = World()
    for key, phone in (("1", "030 111"), ("2", "030 2")):
        world.customer(f"hub:{key}", name=f"Acme {key}", phone=phone)
        said = {"name": f"Acme {key}", "phone": "030 000" if key == "1" else phone}
        record = {"source": "hub", "dataset": "companies", "source_key": key, "row_hash": key, "run_id": "r"}
        world.node(
            "SourceRecord", f"rec{key}", **record, known_from=ago(9), values=orjson.dumps(said).decode()
        )
        world.part("RECORD_OF", ("SourceRecord", f"rec{key}"), ("Customer", f"hub:{key}"))
    world.customer("erp:7", name="Not of this CRM", phone="1")
    world.risk("s1", "hub:1", 0.9)
    world.node("Tag", "vip", name="VIP", dimension="worth")
    world.fact("TAGGED", ("Customer", "hub:1"), ("Tag", "vip"))
    return world


@pytest.fixture
def crm(store: Store, world: World, tmp_path: Path) -> Iterator[Crm]:
    world.load(store)
    records: Records = {"1": {"phone": "030 000", "churn_risk": None}, "2": {"phone": "030 2"}}
    written: list[tuple[str, dict[str, Any]]] = []
    mapping = tmp_path / "hub.yml"
    with served(writable(records, written)) as api:
        mapping.write_text(MAPPING.format(address=api.address), encoding="utf-8")
        queue = Queue(tmp_path / "queue.db")
        yield Crm(api, records, written, mapping, queue, store)
        queue.close()


@pytest.mark.query("outgoing.own", "outgoing.loaded", "outgoing.customers")
def test_what_the_source_lacks_is_sent_once(crm: Crm) -> None:
    found = crm.plan()
    told = {(one.key, one.field): (one.before, one.value) for one in found.changes}
    assert told == {
        ("1", "phone"): ("030 000", "030 111"), ("1", "churn_risk"): (None, "high"),
        ("1", "relgraph_tags"): (None, "VIP"),
    }  # fmt: skip
    assert (found.records, crm.queue.counts(), crm.api.asked) == (2, {}, []), "a plan writes nothing"
    assert (crm.put(), crm.put()) == (3, 0), "queued twice is queued once"
    assert crm.send() == {"sent": 3}
    assert crm.written == [("1", {"churn_risk": "high", "phone": "030 111", "relgraph_tags": "VIP"})]
    assert (crm.put(), crm.send(), len(crm.written)) == (0, {}, 1)
    assert TOKEN not in str(crm.queue.newest("sent", 9))


def test_killed_between_writing_and_noting_it_writes_nothing_twice(crm: Crm, monkeypatch: Any) -> None:
    crm.put()

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as until:
        until.setattr(crm.queue, "done", killed)
        with pytest.raises(KeyboardInterrupt):
            crm.send()
    assert (len(crm.written), crm.queue.counts()) == (1, {"waiting": 3})
    assert crm.send() == {"there": 3}
    assert len(crm.written) == 1


def test_what_changed_in_the_source_stays_and_is_told(crm: Crm) -> None:
    crm.put()
    crm.records["1"] |= {"phone": "040 9", "churn_risk": "by hand"}
    assert crm.send() == {"conflict": 1, "sent": 2}
    assert crm.records["1"] == {"phone": "040 9", "churn_risk": "high", "relgraph_tags": "VIP"}
    (conflict,) = crm.queue.newest("conflict", 5)
    assert (conflict.change.field, conflict.why) == (
        "phone",
        "the source says '040 9' now, and said '030 000'",
    )
    assert crm.put() == 0, "a conflict is not queued again"


def test_the_graph_wins_where_the_mapping_says_so(crm: Crm) -> None:
    said = crm.mapping.read_text("utf-8").replace("field.phone", "{value: field.phone, wins: graph}")
    crm.mapping.write_text(said, encoding="utf-8")
    crm.put()
    crm.records["1"]["phone"] = "040 9"
    assert crm.send() == {"sent": 3}
    assert crm.records["1"]["phone"] == "030 111"


@pytest.mark.parametrize("fault", [429, 500, 503])
def test_a_busy_system_is_asked_again_and_then_left_alone(crm: Crm, fault: int) -> None:
    crm.put()
    crm.api.faults = [Answer({}, fault, {"Retry-After": "0"}), Answer({}, fault), Answer({}, 200, cut=True)]
    with pytest.raises(TargetFailed, match="what is queued is sent again") as failed:
        crm.send()
    assert TOKEN not in str(failed.value)
    assert (crm.queue.counts(), crm.written) == ({"waiting": 3}, [])
    crm.api.faults = [Answer({}, fault, {"Retry-After": "0"})]
    assert crm.send() == {"sent": 3}


def test_a_record_that_is_gone_or_a_field_that_there_is_not_holds_up_no_other(crm: Crm) -> None:
    said = crm.mapping.read_text("utf-8").replace("relgraph_tags: tags", "unknown: tags")
    crm.mapping.write_text(said, encoding="utf-8")
    later = World()
    later.customer("hub:0", name="Gone", phone="5")
    later.load(crm.store)
    crm.put()
    assert crm.send() == {"refused": 4}
    why = {one.change.key: one.why or "" for one in crm.queue.newest("refused", 9)}
    assert ("404" in why["0"], "no property `unknown`" in why["1"]) == (True, True)


def test_a_score_that_comes_back_is_sent_anew_and_one_that_went_is_withdrawn(crm: Crm) -> None:
    crm.put()
    crm.send()
    for number, (band, probability) in enumerate((("low", 0.1), ("high", 0.9)), start=2):
        later = World()
        later.risk(
            f"s{number}", "hub:1", probability, as_of=NOW, band=band, scored_at=NOW.replace(second=number)
        )
        later.load(crm.store)
        assert crm.put() == 1
        assert crm.send() == {"sent": 1}
    assert crm.records["1"]["churn_risk"] == "high"
    taken = World()
    taken.fact("TAGGED", ("Customer", "hub:2"), ("Tag", "vip"))
    taken.load(crm.store)
    assert crm.put() == 1
    taken.facts.clear()
    taken.fact("TAGGED", ("Customer", "hub:2"), ("Tag", "vip"), valid_to=ago(1))
    taken.load(crm.store)
    assert [one.field for one in crm.plan().withdrawn] == ["relgraph_tags"]
    assert (crm.put(), crm.queue.counts().get("waiting")) == (0, None)


def test_a_tag_that_was_sent_and_is_gone_is_taken_out(crm: Crm) -> None:
    crm.put()
    crm.send()
    later = World()
    later.fact("TAGGED", ("Customer", "hub:1"), ("Tag", "vip"), valid_to=ago(1))
    later.load(crm.store)
    assert (crm.put(), crm.put()) == (1, 0)
    assert crm.send() == {"sent": 1}
    assert crm.records["1"]["relgraph_tags"] is None
    assert crm.put() == 0


def test_what_was_sent_and_changes_again_is_no_conflict(crm: Crm) -> None:
    crm.put()
    crm.send()
    for phone in ("030 222", "030 000"):
        later = World()
        later.customer("hub:1", name="Acme 1", phone=phone)
        later.load(crm.store)
        assert (crm.put(), crm.put()) == (1, 0)
        assert crm.send() == {"sent": 1}
        assert crm.records["1"]["phone"] == phone


def test_what_another_list_of_the_source_says_is_known(crm: Crm) -> None:
    later = World()
    record = {"source": "hub", "dataset": "sites", "source_key": "2", "row_hash": "s", "run_id": "r"}
    later.node("SourceRecord", "site2", **record, known_from=ago(2), values='{"city": "Bonn"}')
    later.part("RECORD_OF", ("SourceRecord", "site2"), ("Customer", "hub:2"))
    later.load(crm.store)
    assert {one.key for one in crm.plan().changes} == {"1"}


@pytest.mark.query("outgoing.others")
def test_a_merged_record_says_which_one_stands_for_it(crm: Crm) -> None:
    clerk = Clerk("test", NOW, NOW)
    assert run_sync(crm.store, merge_by_itself, clerk, "Customer", "hub:1", "hub:2", 0.99, 0)
    told = {(one.key, one.field): one.value for one in crm.plan().changes}
    assert told["2", "duplicate_of"] == "1"
    assert ("1", "duplicate_of") not in told


@pytest.mark.query("outgoing.contacts")
def test_what_people_stated_of_contacts_goes_back(store: Store, tmp_path: Path) -> None:
    world = World()
    world.customer("hub:1")
    world.contact("hub:ann", "hub:1")
    world.role("hub:ann", ("Customer", "hub:1"), "champion", basis="asserted")
    world.contact("hub:bob", "hub:1")
    world.role(
        "hub:bob", ("Customer", "hub:1"), "blocker", basis="asserted", visibility="owner", owner_id="eva"
    )
    left = {"basis": "asserted", "valid_from": ago(90), "valid_to": ago(5), "known_from": ago(4)}
    world.fact("WORKS_AT", ("Contact", "hub:bob"), ("Customer", "hub:1"), source_key="left", **left)
    for key, why in (("cid", {"dismissed_at": ago(3)}), ("dan", {"reason": "its entity ended"})):
        world.contact(f"hub:{key}", "hub:1")
        job = {**left, "source_key": "left", **why}
        world.fact("WORKS_AT", ("Contact", f"hub:{key}"), ("Customer", "hub:1"), **job)
    world.load(store)
    mapping = tmp_path / "hub.yml"
    folder = tmp_path / "out"
    mapping.write_text(f"""
source: hub
push:
  connector: csv
  to: {{folder: "{folder}"}}
  records:
    contacts: {{label: Contact, fields: {{part: role, left_on: left_at}}}}
datasets:
  contacts: {{file: c.csv, nodes: [{{label: Contact, key: id}}]}}
""", encoding="utf-8")  # fmt: skip
    push = read_mapping(mapping).push
    assert push is not None
    queue = Queue(tmp_path / "queue.db")
    planned = plan(store, push, "hub", queue, NOW)
    queue.put(mapping, planned.changes, planned.withdrawn, NOW)
    assert dict(send(queue, push, lambda _: TOKEN, lambda: NOW)) == {"sent": 2}
    queue.close()
    found = sorted(path.read_text("utf-8-sig").splitlines() for path in folder.iterdir())
    assert found == [["key,left_on", f"bob,{ago(5).date()}"], ["key,part", "ann,champion"]]


def test_salesforce_takes_fields_and_answers_nothing(crm: Crm) -> None:
    """`PATCH …/sobjects/Account/{id}` answers 204; `GET` takes `fields`."""
    row: dict[str, Any] = {"Phone": "030 000", "Rating": None}
    seen: list[tuple[str, Any]] = []

    def serves(request: Request) -> Answer:
        if request.path == "/services/oauth2/token":
            return Answer({"access_token": "abc", "token_type": "Bearer"})
        seen.append((f"{request.method} {request.path}", request.body or request.query))
        if request.method == "PATCH":
            row.update(request.body)
            return Answer(None, 204)
        return Answer({"attributes": {"type": "Account"}, **row})

    with served(serves) as api:
        said = crm.mapping.read_text("utf-8").replace("companies:\n      label", "accounts:\n      label")
        settings = f"{{domain: '{api.address}', client_id: app, client_secret: 'env:S'}}"
        to = f"{{system: salesforce, settings: {settings}}}"
        first, _, rest = said.partition("  to: ")
        fields = rest.partition("  records:")[2].replace("phone: field.phone", "Phone: field.phone")
        crm.mapping.write_text(f"{first}  to: {to}\n  records:{fields}", encoding="utf-8")
        crm.put()
        assert crm.send() == {"sent": 3}
    path = "/services/data/v61.0/sobjects/Account/1"
    names = "Phone,churn_risk,relgraph_tags"
    assert seen[0] == (f"GET {path}", {"fields": [names]})
    assert seen[1] == (
        f"PATCH {path}", {"Phone": "030 111", "churn_risk": "high", "relgraph_tags": "VIP"}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (None, "", True), (0.9, "0.90", True), (120, "120", True), (0, None, False), (0, "", False),
        ("030 1", " 030 1 ", True), ("0301", "301", False), ("1e3", "1000", False), (True, "true", True),
        ("2026-03-01T00:00:00+00:00", "2026-03-01", True), (NOW, f"{NOW:%Y-%m-%d}", True),
        (["a", "b"], "a;b", True), ([], None, True),
    ],
)  # fmt: skip
def test_what_says_the_same(one: object, other: object, *, equal: bool) -> None:
    assert (same(one, other), same(other, one)) == (equal, equal)


def test_no_cell_of_a_file_is_run_as_a_formula(tmp_path: Path) -> None:
    rows = [("1", {"a": "=1+1", "b": "+49 30 1"}), ("2", {"a": "@x", "b": "-cmd"})]
    (path,) = write_files(tmp_path, "companies", rows, NOW)
    assert path.read_text("utf-8-sig").splitlines() == ["key,a,b", "1,'=1+1,+49 30 1", "2,'@x,'-cmd"]
    assert oct(path.stat().st_mode)[-3:] == "600"


@pytest.mark.slow
def test_the_worker_sends_what_the_command_queued(crm: Crm, cli: Cli, office: Office) -> None:
    dry = cli("export", "crm", "-m", crm.mapping, "--now", NOW.isoformat()).stdout
    assert "3 changes would be queued" in dry
    assert "companies 1: phone '030 000' → '030 111'" in dry
    assert "nothing" in cli("export", "queue").stdout
    cli("export", "crm", "-m", crm.mapping, "--queue", "--now", NOW.isoformat())
    home = crm.store.config.home
    (queue,) = (home / "outgoing").glob("*.db")
    (office.home / "outgoing").mkdir(exist_ok=True, parents=True)
    if home != office.home:
        queue.replace(office.home / "outgoing" / queue.name)
    office.job = Job(ask=lambda _: TOKEN)
    crm.api.faults = [Answer({}, 500)] * 3
    failed = office.round()
    assert (list(failed.failed), failed.sent) == ([f"export {queue.stem}"], {})
    done = office.round()
    assert (done.sent, done.failed) == ({"sent": 3}, {})
    assert len(crm.written) == 1


@pytest.mark.slow
def test_wrong_words_are_told(tmp_path: Path, cli: Cli) -> None:
    mapping = tmp_path / "hub.yml"
    said = MAPPING.format(address="https://example.com")
    mapping.write_text(said.replace("churn.band", "churn.colour"), encoding="utf-8")
    done = cli("export", "crm", "-m", mapping, check=False)
    assert (done.returncode, "there is no `churn.colour` of a Customer" in done.stderr) == (2, True)
    mapping.write_text(said.replace("connector: rest", "connector: csv"), encoding="utf-8")
    assert "needs `folder:`" in cli("export", "crm", "-m", mapping, check=False).stderr
    mapping.write_text(said.replace('"env:HUB"', "abc123"), encoding="utf-8")
    assert "is a secret" in cli("export", "crm", "-m", mapping, check=False).stderr
    without = said.partition("push:")[0] + "datasets:" + said.partition("datasets:")[2]
    mapping.write_text(without, encoding="utf-8")
    assert "has no `push:`" in cli("export", "crm", "-m", mapping, check=False).stderr
