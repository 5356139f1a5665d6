"""Statements where several meet: of two authors, of one key, of one author again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cypher import Query, template
from graph.service import Statements, Written, run_sync
from graph.store import Store
from graph.writing import Author, KeyAlreadyUsed, VersionConflict, WriteRefused
from graph.writing.interaction import InteractionWords, log_interaction
from graph.writing.named import named
from graph.writing.next_step import log_with_next_step
from graph.writing.relation import RelationWords, assert_relation, retract_relation
from graph.writing.task import TaskWords, create_task
from tests.graph.world import NOW, World, ago
from tests.store.rows import props_of

TALK = InteractionWords("call", customer="acme", participants=("ann",))
STEP = TaskWords("Send the quote", NOW + timedelta(days=7), customer="acme")
EVA, BOB = (Author(one, "k", NOW, NOW) for one in ("eva", "bob"))


@pytest.fixture
def loaded(store: Store) -> Store:
    """Ann and Leo work at ACME; Cat does by a job that only Eva sees, and Bob has a private mail of hers."""
    world = World()
    world.customer("acme")
    world.contact("ann", "acme", "CEO")
    world.contact("leo", "acme", "Engineer")
    world.contact("cat", "acme", visibility="owner", owner_id="eva")
    world.employee("eva")
    world.employee("bob")
    people: list[tuple[str, str, str | None]] = [("Contact", "cat", "from"), ("Employee", "bob", "to")]
    world.met("m1", ago(3), people, visibility="owner", owner_id="bob")
    for label, number, one in (("Contact", "7", "ann"), ("Contact", "8", "leo"), ("Customer", "9", "acme")):
        world.node("Alias", f"{label}|crm:{number}")
        world.part("ALIAS_OF", ("Alias", f"{label}|crm:{number}"), (label, one))
    world.load(store)
    return store


def test_what_is_said_of_a_contact_whom_not_all_may_see_is_the_authors(loaded: Store) -> None:
    words = replace(TALK, participants=("cat",))
    logged = run_sync(loaded, log_interaction, BOB, words)
    props = props_of(loaded, "Interaction", logged.touched[0].removeprefix("Interaction:"))
    assert (props["visibility"], props.get("owner_id")) == ("owner", "bob")
    with pytest.raises(WriteRefused, match="hidden from some of us"):
        run_sync(loaded, log_with_next_step, replace(BOB, key="k2"), words, STEP)


def test_of_whom_all_see_something_but_no_job_all_may_read(loaded: Store) -> None:
    world = World()
    world.contact("new", None)
    world.met("m2", ago(3), [("Contact", "new", "from"), ("Employee", "eva", "to")])
    world.load(loaded)
    found = run_sync(loaded, named, BOB, {"Contact": ["new"]})
    assert found.visibility(["new"])["visibility"] == "company"


def test_the_longest_key_has_a_next_step(loaded: Store) -> None:
    author = replace(EVA, key="k" * 200)
    assert len(run_sync(loaded, log_with_next_step, author, TALK, STEP).touched) == 2


def test_no_key_of_the_client_is_that_of_a_next_step(loaded: Store) -> None:
    for key in ("k:next", "next", "next:eva:k"):
        run_sync(loaded, create_task, replace(EVA, key=key), replace(STEP, subject=key))
    assert not run_sync(loaded, log_with_next_step, EVA, TALK, STEP).repeated


def test_a_next_step_asked_for_again_when_it_is_due_is_repeated(loaded: Store) -> None:
    first = run_sync(loaded, log_with_next_step, EVA, TALK, STEP)
    later = replace(EVA, now=NOW + timedelta(days=30), loaded_at=NOW + timedelta(days=30))
    assert run_sync(loaded, log_with_next_step, later, TALK, STEP) == replace(first, repeated=True)
    with pytest.raises(KeyAlreadyUsed):
        run_sync(loaded, log_with_next_step, later, TALK, replace(STEP, due_at=None))


class Between:
    """A store where something else is written between a statement's reads and its write."""

    def __init__(self, store: Store, author: Author, words: RelationWords) -> None:
        self._store, self._first = store, [(author, words)]

    def read(self, query: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        return self._store.read(query, **params)

    def write(self, query: str | Query, /, **params: Any) -> Written:
        while self._first:
            run_sync(self._store, assert_relation, *self._first.pop())
        return self._store.write(query, **params)

    def write_all(self, query: str | Query, rest: Statements, /, **params: Any) -> Written:
        raise AssertionError(f"{query} writes {params}, {rest}")


def test_two_colleagues_make_no_circle(loaded: Store) -> None:
    meanwhile = Between(loaded, BOB, RelationWords("REPORTS_TO", "leo", "ann"))
    with pytest.raises(VersionConflict):
        run_sync(meanwhile, assert_relation, EVA, RelationWords("REPORTS_TO", "ann", "leo"))
    assert [line["end"] for line in lines(loaded, "leo", "ann")] == ["ann"]


def lines(store: Store, *contacts: str) -> list[dict[str, Any]]:
    ends = {"start": "Contact", "start_key": "contact_id", "end": "Contact", "end_key": "contact_id"}
    return store.read(template("transfer.relationships").render(type="REPORTS_TO", **ends), ids=contacts)


def test_what_is_taken_back_keeps_its_reason_and_stated_again_is_nobodys_retraction(loaded: Store) -> None:
    words = RelationWords("REPORTS_TO", "leo", "ann")
    run_sync(loaded, assert_relation, replace(EVA, reason="he said so"), words)
    run_sync(loaded, retract_relation, replace(EVA, key="k2", reason="a mistake"), words)
    (back,) = (line["props"] for line in lines(loaded, "leo"))
    assert (back["reason"], back["retracted_by"]) == ("he said so", "user:eva")
    run_sync(loaded, assert_relation, replace(EVA, key="k3"), words)
    (again,) = (line["props"] for line in lines(loaded, "leo"))
    assert (again.get("valid_to"), again.get("retracted_by")) == (None, None)


@pytest.mark.query("alias.resolve_each")
def test_ids_of_other_sources_are_looked_up_together(loaded: Store) -> None:
    def calls() -> int:
        return sum(count.calls for count in loaded.metrics.snapshot().values())

    before = calls()
    run_sync(loaded, named, EVA, {"Contact": ["crm:7"]})
    of_one, before = calls() - before, calls()
    asked = {"Contact": ["crm:7", "crm:8", "ann"], "Customer": ["crm:9"]}
    found = run_sync(loaded, named, EVA, asked)
    assert [found.id("Contact", one) for one in asked["Contact"]] == ["ann", "leo", "ann"]
    assert found.id("Customer", "crm:9") == "acme"
    assert calls() - before == of_one
