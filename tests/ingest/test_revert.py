"""A load is taken back: the graph is as it was before, later loads and what people said stay."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.assertion import RoleAssertion, assert_role
from graph.backup.export import backup
from graph.backup.restore import restore
from graph.history import check_history, open_history
from graph.merge import MergeWords, merge
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author
from ingest.revert.archive import archived_runs
from ingest.revert.errors import CannotRevert
from ingest.revert.run import revert
from tests.conftest import wipe
from tests.histories import seeds
from tests.ingest.conftest import NOW, Workshop
from tests.merge.export import export

pytestmark = pytest.mark.slow

MAPPING = """
source: crm
exported_at: {day}
datasets:
  firms:
    file: firms.csv
    deleted: [{{column: gone, equals: "yes"}}]
    nodes: [{{label: Customer, key: id, fields: {{name: name, industry: trade}}}}]
  people:
    file: people.csv
    nodes: [{{label: Contact, key: id, fields: {{name: id}}}}]
    links: [{{type: WORKS_AT, to: {{Customer: firm}}, fields: {{title: title}}}}]
  orders:
    file: orders.csv
    nodes: [{{label: Order, key: id, fields: {{ordered_at: day, amount: amount}}}}]
    links: [{{type: PLACED, from: {{Customer: firm}}}}]
  staff:
    file: staff.csv
    nodes: [{{label: Employee, key: id, fields: {{name: id}}}}]
"""
NAMES = "MATCH (c:Customer) WHERE c.ended_at IS NULL RETURN c.customer_id AS one, c.name AS other"
JOBS = """MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer) WHERE w.valid_to IS NULL AND w.known_to IS NULL
RETURN p.contact_id AS one, c.customer_id AS other"""
ORDERS = "MATCH (c:Customer)-[:PLACED]->(o:Order) RETURN o.order_id AS one, c.customer_id AS other"
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass
class Load:
    """One export: its day, and what it says (a firm's name is None where the export says it is gone)."""

    day: int
    firms: dict[str, str | None] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    run_id: str = ""


def expected(loads: list[Load]) -> dict[str, set[tuple[str, str]]]:
    """What these loads, in this order, come to: of each record its statement of the newest day counts."""
    known: set[str] = set()
    said: dict[tuple[str, str], tuple[int, int, str | None]] = {}
    for place, load in enumerate(loads):
        known |= {firm for firm, name in load.firms.items() if name is not None}
        stated: list[tuple[str, str, str | None]] = [
            *(("names", firm, name) for firm, name in load.firms.items() if firm in known),
            *(("jobs", one, firm if firm in known else None) for one, firm in load.people.items()),
            *(("orders", one, firm) for one, firm in load.orders.items() if firm in known),
        ]
        for what, one, value in stated:
            if (load.day, place) >= said.get((what, one), (0, 0, None))[:2]:
                said[what, one] = (load.day, place, value)
    held = {what: {one: v for (w, one), (*_, v) in said.items() if w == what} for what in ASKED}
    live = {firm for firm, name in held["names"].items() if name is not None}
    return {
        "names": {(one, str(name)) for one, name in held["names"].items() if name is not None},
        "jobs": {(one, firm) for one, firm in held["jobs"].items() if firm is not None and firm in live},
        "orders": {(one, str(firm)) for one, firm in held["orders"].items()},
    }


ASKED = {"names": NAMES, "jobs": JOBS, "orders": ORDERS}


def answered(workshop: Workshop) -> dict[str, set[tuple[str, str]]]:
    """What the graph says, by the keys of the source."""
    return {
        name: {
            (row["one"].removeprefix("crm:"), row["other"].removeprefix("crm:")) for row in workshop.ask(text)
        }
        for name, text in ASKED.items()
    }


def load(workshop: Workshop, said: Load) -> Load:
    """Load an export."""
    workshop.put(
        firms_csv=table(
            "id,name,trade,gone",
            ((one, name or "", f"trade {said.day}", "yes" if name is None else "")
             for one, name in said.firms.items()),
        ),
        people_csv=table("id,firm,title", ((one, firm, "Buyer") for one, firm in said.people.items())),
        orders_csv=table(
            "id,day,amount,firm", ((one, "2023-05-01", "12.5", firm) for one, firm in said.orders.items())
        ),
        staff_csv="id\neva\n",
    )  # fmt: skip
    day = (BEGAN + timedelta(days=said.day)).date().isoformat()
    return replace(said, run_id=workshop.load(MAPPING.format(day=day)).run_id)


def table(header: str, rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join([header, *(",".join(row) for row in sorted(rows)), ""])


def drawn(draw: Random, number: int, newest: int) -> Load:
    """An export at random: a new one, or an old one that comes late."""
    late = newest and draw.random() < 0.3
    day = draw.randrange(1, newest + 1) if late else newest + draw.randrange(1, 5)
    firms: dict[str, str | None] = {f"f{draw.randrange(4)}": f"Firm {number}" for _ in range(2)}
    if not late and draw.random() < 0.4:
        firms[f"f{draw.randrange(4)}"] = None
    people = {f"p{draw.randrange(4)}": f"f{draw.randrange(4)}" for _ in range(2)}
    return Load(day, firms, people, {f"o{draw.randrange(5)}": f"f{draw.randrange(4)}"})


def taken_back(workshop: Workshop, run_id: str) -> Any:
    return revert(workshop.store, workshop.home, run_id, NOW)


@pytest.mark.parametrize("seed", seeds(1))
def test_any_history_with_reverts_comes_to_what_a_model_says(workshop: Workshop, seed: int) -> None:
    draw = Random(seed)
    loads: list[Load] = [load(workshop, drawn(draw, 0, 0))]
    for number in range(1, 7):
        if len(loads) > 1 and draw.random() < 0.4:
            gone = draw.choice(loads)
            taken_back(workshop, gone.run_id)
            loads.remove(gone)
        else:
            newest = max(said.day for said in loads)
            loads.append(load(workshop, drawn(draw, number, newest)))
        assert answered(workshop) == expected(loads), f"seed {seed}, step {number}"
    before = whole(workshop)
    taken_back(workshop, load(workshop, replace(drawn(draw, 9, 90), day=99)).run_id)
    assert whole(workshop) == before
    assert check_history(workshop.store, workshop.home).equal


FIRST = Load(1, {"f1": "Alpha", "f2": "Beta"}, {"p1": "f1", "p2": "f2"}, {"o1": "f1"})
SECOND = Load(9, {"f1": "Alpha Holding", "f2": None, "f3": "Gamma"}, {"p1": "f3"}, {"o1": "f3", "o2": "f3"})
THIRD = Load(20, {"f1": "Alpha AG"}, {"p4": "f3", "p5": "f1"}, {"o3": "f3", "o4": "f1"})


def whole(workshop: Workshop) -> list[Any]:
    """Every node and edge, without the ids of runs, which no two loads share."""
    return [row for row in export(workshop.store) if "InboxEvent" not in row]


@pytest.mark.query("ingest.any_run")
@pytest.mark.query("ingest.drop_fact")
@pytest.mark.query("ingest.drop_nodes")
def test_without_its_newest_load_the_graph_is_as_it_was_before_it(workshop: Workshop) -> None:
    load(workshop, FIRST)
    before = whole(workshop)
    with open_history(workshop.store, workshop.home):
        second = load(workshop, SECOND)
    assert whole(workshop) != before
    done = taken_back(workshop, second.run_id)
    assert whole(workshop) == before
    assert done.unreferred == 0
    assert check_history(workshop.store, workshop.home).equal
    assert [run.run_id for run in archived_runs(workshop.home, database_id(workshop))] != []
    load(workshop, SECOND)
    assert answered(workshop) == expected([FIRST, SECOND])


def database_id(workshop: Workshop) -> str:
    (row,) = workshop.ask("MATCH (d:Database) RETURN d.database_id AS id")
    return str(row["id"])


def test_later_loads_stay_as_if_it_had_never_been_loaded(workshop: Workshop) -> None:
    load(workshop, FIRST)
    second = load(workshop, SECOND)
    load(workshop, THIRD)
    done = taken_back(workshop, second.run_id)
    assert done.unreferred == 1, "the order o3 is of a firm that only the second load brought"
    left = without_runs(whole(workshop))
    wipe(workshop.store)
    fresh = replace(workshop, home=workshop.home.with_name("other"))
    load(fresh, FIRST)
    load(fresh, THIRD)
    assert left == without_runs(whole(fresh))


def without_runs(rows: list[Any]) -> list[Any]:
    return [row for row in rows if "'run_id'" not in row]


@pytest.mark.query("ingest.spoken_of")
def test_what_people_said_stays_and_merges_hold(workshop: Workshop) -> None:
    load(workshop, FIRST)
    second = load(workshop, SECOND)
    author = Author("crm:eva", "k1", NOW, NOW)
    run_sync(workshop.store, merge, author, MergeWords("Contact", "crm:p1", "crm:p2"))
    said = RoleAssertion("crm:eva", "crm:p1", "champion", customer_id="crm:f3")
    run_sync(workshop.store, assert_role, said, now=NOW, loaded_at=NOW)
    done = taken_back(workshop, second.run_id)
    assert done.stays == {"Customer": ["crm:f3"]}
    roles = workshop.ask("MATCH (p:Contact)-[r:HAS_ROLE]->(c) RETURN p.contact_id AS who, r.role AS role")
    assert roles == [{"who": "crm:p1", "role": "champion"}]
    assert len(workshop.ask("MATCH (p:Contact) RETURN p.contact_id AS id")) == 1
    assert check_history(workshop.store, workshop.home).equal


def test_a_role_stays_closed_where_its_other_end_has_ended(workshop: Workshop) -> None:
    load(workshop, FIRST)
    said = RoleAssertion("crm:eva", "crm:p1", "champion", customer_id="crm:f1")
    run_sync(workshop.store, assert_role, said, now=NOW, loaded_at=NOW)
    leavers = MAPPING.replace("people.csv\n", "people.csv\n    deleted: {{column: title, equals: left}}\n")
    workshop.put(people_csv="id,firm,title\np1,f1,left\n")
    left = workshop.load(leavers.format(day="2024-01-05"))
    ended = load(workshop, Load(9, {"f1": None}))
    taken_back(workshop, ended.run_id)
    assert not open_roles(workshop), "f1 lives again, p1 does not"
    taken_back(workshop, left.run_id)
    assert open_roles(workshop) == [{"who": "crm:p1"}]


def open_roles(workshop: Workshop) -> list[Any]:
    return workshop.ask(
        "MATCH (p:Contact)-[r:HAS_ROLE]->(c) WHERE r.valid_to IS NULL RETURN p.contact_id AS who"
    )


@pytest.mark.parametrize("survives", [1, 4])
def test_a_revert_that_is_killed_is_finished_by_the_next_load(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, survives: int
) -> None:
    load(workshop, FIRST)
    second = load(workshop, SECOND)
    written = Store.write_together
    calls = 0

    def dies(store: Store, statements: Any) -> None:
        nonlocal calls
        calls += 1
        if calls > survives:
            raise KeyboardInterrupt
        written(store, statements)

    with monkeypatch.context() as patched:
        patched.setattr(Store, "write_together", dies)
        with pytest.raises(KeyboardInterrupt):
            taken_back(workshop, second.run_id)
    load(workshop, THIRD)
    assert answered(workshop) == expected([FIRST, THIRD])
    assert check_history(workshop.store, workshop.home).equal


@pytest.mark.parametrize("step", ["_journal_anew", "_keep_clock", "_note_run"])
def test_a_revert_that_is_killed_at_its_end_costs_no_kept_load(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    load(workshop, FIRST)
    second = load(workshop, SECOND)
    with monkeypatch.context() as patched:
        patched.setattr(f"ingest.revert.run.{step}", killed)
        with pytest.raises(KeyboardInterrupt):
            taken_back(workshop, second.run_id)
    third = load(workshop, THIRD)
    assert answered(workshop) == expected([FIRST, THIRD])
    taken_back(workshop, third.run_id)
    assert answered(workshop) == expected([FIRST])


def killed(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


def test_a_load_killed_when_the_graph_had_it_all_stays(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(workshop, FIRST)
    second = load(workshop, SECOND)
    with monkeypatch.context() as patched:
        patched.setattr("ingest.run.join_again", killed)
        with pytest.raises(KeyboardInterrupt):
            load(workshop, THIRD)
    done = taken_back(workshop, second.run_id)
    assert done.killed == []
    assert answered(workshop) == expected([FIRST, THIRD])


def test_a_load_killed_in_the_middle_goes_with_the_one_taken_back_and_is_named(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(workshop, FIRST)
    second = load(workshop, SECOND)
    with monkeypatch.context() as patched:
        patched.setattr("ingest.run.close_facts", killed)
        with pytest.raises(KeyboardInterrupt):
            load(workshop, THIRD)
    done = taken_back(workshop, second.run_id)
    assert len(done.killed) == 1
    assert answered(workshop) == expected([FIRST])
    third = load(workshop, THIRD)
    taken_back(workshop, third.run_id)
    assert answered(workshop) == expected([FIRST])


def test_a_write_that_fails_again_and_again_leaves_what_it_was_about_to_write(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(workshop, FIRST)
    torn = workshop.home / "runs" / "00000009-torn.part"
    torn.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr("ingest.run.write_pending", killed)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                load(workshop, SECOND)
    assert not torn.exists()
    load(workshop, THIRD)
    assert [len(list(left.iterdir())) for left in torn.parent.glob("*.part")] == [2, 2, 2]


@pytest.mark.query("ingest.other_run")
def test_nothing_is_taken_back_where_another_home_has_loaded(workshop: Workshop) -> None:
    mine = load(workshop, FIRST)
    other = replace(workshop, home=workshop.home.with_name("other"))
    theirs = load(other, SECOND)
    held = answered(workshop)
    for home, run_id in ((other, theirs.run_id), (workshop, mine.run_id)):
        with pytest.raises(CannotRevert, match="not kept in this"):
            taken_back(home, run_id)
    assert answered(workshop) == held


def test_nothing_is_taken_back_of_a_graph_restored_from_a_backup(workshop: Workshop, tmp_path: Path) -> None:
    load(workshop, FIRST)
    backup(workshop.store, tmp_path / "graph.backup", NOW)
    wipe(workshop.store)
    restore(workshop.store, tmp_path / "graph.backup", NOW)
    again = load(workshop, replace(FIRST, day=5, firms={"f1": "Alpha AG"}))
    with pytest.raises(CannotRevert, match="not kept in this"):
        taken_back(workshop, again.run_id)
    assert "f1" in dict(answered(workshop)["names"])


def test_what_cannot_be_taken_back_is_said(workshop: Workshop) -> None:
    first = load(workshop, FIRST)
    with pytest.raises(CannotRevert, match="no load 'x'"):
        taken_back(workshop, "x")
    taken_back(workshop, first.run_id)
    again = load(workshop, FIRST)
    taken_back(workshop, again.run_id)
    assert not workshop.ask("MATCH (n) WHERE n:Customer OR n:Contact OR n:Order OR n:Alias RETURN n LIMIT 1")
    with pytest.raises(CannotRevert, match="no load"):
        taken_back(workshop, first.run_id)
