"""Writing through the API: what is logged stands in the next answer, once per key, for who may write it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from graph.derive import derive
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, BOSS, BUYER, DEAL, ENGINEER, OTHER
from tests.api.conftest import Signed
from tests.graph.world import NOW, World, ago

RESULT = """{ __typename
  ... on Written { changeId at repeated
    records { id kind version values { name text moment } links { relation recordId } } }
  ... on Problem { message } ... on RecordNotFound { kind } }"""


async def wrote(client: Client, verb: str, **words: Any) -> dict[str, Any]:
    """What a mutation answers."""
    kind = verb[0].upper() + verb[1:] + "Input"
    text = f"mutation ($input: {kind}!) {{ {verb}(input: $input) {RESULT} }}"
    result: dict[str, Any] = (await client.data(text, input={"key": "k1"} | words))[verb]
    return result


def value(record: dict[str, Any], name: str) -> Any:
    found = [one for one in record["values"] if one["name"] == name]
    return (found[0]["text"] or found[0]["moment"]) if found else None


def meeting(**more: Any) -> dict[str, Any]:
    """Ann met the buyer, and will send a quote."""
    step = {"subject": "Send the quote", "dueAt": (NOW + timedelta(days=7)).isoformat()}
    return {
        "kind": "MEETING", "customer": ACME, "at": ago(1).isoformat(), "participants": [BUYER],
        "note": "They want a second line.", "subject": "Visit", "nextStep": step,
    } | more  # fmt: skip


TIMELINE = "query ($of: ID!) { timeline(of: $of) { events { id name } } }"
TASKS = """query ($c: ID, $e: ID) { tasks(customer: $c, employee: $e) {
  id subject dueAt customerId owners { employeeId } } }"""


@pytest.mark.query("writing.log_interaction", "writing.create_task", "writing.named", "writing.open_tasks")
async def test_a_meeting_stands_in_the_timeline_its_next_step_among_the_tasks(ann: Client) -> None:
    result = await wrote(ann, "logInteraction", **meeting())
    assert (result["__typename"], result["repeated"]) == ("Written", False)
    talk, task = result["records"]
    assert [value(talk, name) for name in ("channel", "note", "next_step")] == [
        "meeting", "They want a second line.", "Send the quote",
    ]  # fmt: skip
    assert {(one["relation"], one["recordId"]) for one in talk["links"]} == {
        ("FOR", ACME), ("PARTICIPATED_IN", BUYER), ("PARTICIPATED_IN", ANN),
    }  # fmt: skip
    for whose in (f"Customer:{ACME}", f"Contact:{BUYER}"):
        events = (await ann.data(TIMELINE, of=whose))["timeline"]["events"]
        assert (talk["id"], "Visit") in [(one["id"], one["name"]) for one in events]
    for customer in (ACME, None):
        (found,) = (await ann.data(TASKS, c=customer))["tasks"]
        assert (found["id"], found["subject"]) == (task["id"], "Send the quote")
        assert (found["customerId"], found["owners"]) == (ACME, [{"employeeId": ANN}])


async def test_who_met_is_tied_after_the_next_derive(ann: Client, store: Store) -> None:
    text = "query ($c: ID!) { warmPaths(to: $c) { steps { to { personId } } } }"
    assert (await ann.data(text, c=BUYER))["warmPaths"] == []
    await wrote(ann, "logInteraction", **meeting())
    await asyncio.to_thread(derive, store, NOW)
    paths = (await ann.data(text, c=BUYER))["warmPaths"]
    assert [step["to"]["personId"] for step in paths[0]["steps"]] == [BUYER]


@pytest.mark.query("writing.receipt")
async def test_asked_again_it_answers_what_happened(ann: Client) -> None:
    first = await wrote(ann, "logInteraction", **meeting())
    again = await wrote(ann, "logInteraction", **meeting())
    assert again == first | {"repeated": True}
    other = await wrote(ann, "logInteraction", **meeting(note="Something else"))
    assert other["__typename"] == "KeyAlreadyUsed"
    assert len((await ann.data(TASKS, c=ACME))["tasks"]) == 1


async def test_keys_are_the_authors_own(ann: Client, signed: Signed) -> None:
    await wrote(ann, "logInteraction", **meeting())
    of_bob = await wrote(signed(BOB), "logInteraction", **meeting())
    assert (of_bob["__typename"], of_bob["repeated"]) == ("Written", False)
    assert len((await ann.data(TASKS, c=ACME))["tasks"]) == 2


async def test_one_key_at_the_same_moment_is_written_once(ann: Client) -> None:
    results = await asyncio.gather(*(wrote(ann, "logInteraction", **meeting()) for _ in range(5)))
    assert {one["__typename"] for one in results} == {"Written"}
    assert len({one["changeId"] for one in results}) == 1
    assert [one["repeated"] for one in results].count(False) <= 2, "the task may be another's first"
    assert len((await ann.data(TASKS, c=ACME))["tasks"]) == 1


@pytest.mark.query("writing.close_task")
async def test_a_task_is_done_once_and_by_whoever_saw_it_last(ann: Client, signed: Signed) -> None:
    made = await wrote(ann, "createTask", subject=" Call ", opportunity=DEAL, contact=BUYER, owner=BOB)
    (task,) = made["records"]
    assert {(one["relation"], one["recordId"]) for one in task["links"]} == {
        ("FOR", ACME), ("ABOUT", DEAL), ("ABOUT", BUYER), ("OWNS", BOB),
    }  # fmt: skip
    assert value(task, "subject") == "Call"
    stale = await wrote(signed(BOB), "completeTask", task=task["id"], version="seen long ago")
    assert stale["__typename"] == "VersionConflict"
    two = [
        wrote(who, "completeTask", key="k2", task=task["id"], version=task["version"])
        for who in (ann, signed(BOB))
    ]
    results = await asyncio.gather(*two)
    assert sorted(one["__typename"] for one in results) == ["VersionConflict", "Written"]
    (done,) = next(one["records"] for one in results if one["__typename"] == "Written")
    assert (value(done, "status"), done["version"] == task["version"]) == ("done", False)
    assert (await ann.data(TASKS, c=ACME))["tasks"] == []
    again = await wrote(ann, "completeTask", key="k3", task=task["id"])
    assert again["__typename"] == "VersionConflict"


async def test_tasks_of_a_customer_and_of_one_of_us_are_those_of_both(ann: Client) -> None:
    for key, customer, owner in (("1", ACME, ANN), ("2", ACME, BOB), ("3", "crm:ACC-3", ANN)):
        await wrote(ann, "createTask", key=key, subject=key, customer=customer, owner=owner)
    for asked, subjects in (
        ({"c": ACME, "e": ANN}, ["1"]),
        ({"c": ACME}, ["1", "2"]),
        ({"e": ANN}, ["1", "3"]),
        ({"c": "crm:ACC-3", "e": BOB}, []),
    ):
        found = (await ann.data(TASKS, **asked))["tasks"]
        assert sorted(one["subject"] for one in found) == subjects


async def test_a_task_may_be_due_today(ann: Client) -> None:
    made = await wrote(ann, "createTask", subject="x", customer=ACME, dueAt=NOW.date().isoformat())
    assert made["__typename"] == "Written", made


async def test_a_task_without_an_id_is_invalid(ann: Client) -> None:
    for empty in ("", "Task:"):
        assert (await wrote(ann, "completeTask", task=empty))["__typename"] == "InvalidInput"


REFUSED = [
    (meeting(at="2999-01-01T00:00:00Z"), "InvalidInput"),
    (meeting(participants=["nope"]), "RecordNotFound"),
    (meeting(colleagues=["nope"]), "RecordNotFound"),
    (meeting(customer="nope"), "RecordNotFound"),
    (meeting(customer=None), "InvalidInput"),
    (meeting(customer="crm:ACC-3", opportunity=DEAL), "InvalidInput"),
    (meeting(opportunity="nope"), "RecordNotFound"),
    (meeting(note="x" * 10_000, subject="x" * 301), "InvalidInput"),
    (meeting(durationMinutes=-1.0), "InvalidInput"),
    (meeting(durationMinutes=1e300), "InvalidInput"),
    (meeting(participants=[BUYER] * 51), "InvalidInput"),
    (meeting(participants=[], note=" \n"), "InvalidInput"),
    (meeting(nextStep={"subject": " "}), "InvalidInput"),
    (meeting(nextStep={"subject": "x", "dueAt": ago(1).isoformat()}), "InvalidInput"),
    (meeting(nextStep={"subject": "x", "dueAt": "2999-01-01"}), "InvalidInput"),
    (meeting(nextStep={"subject": "x", "owner": "nope"}), "RecordNotFound"),
    (meeting(key=""), "InvalidInput"),
    (meeting(key="k" * 201), "InvalidInput"),
    (meeting(why="w" * 1_001), "InvalidInput"),
]


async def test_what_cannot_be_is_refused_and_nothing_is_written(ann: Client) -> None:
    before = await ann.data(TIMELINE, of=f"Customer:{ACME}")
    for words, kind in REFUSED:
        result = await wrote(ann, "logInteraction", **words)
        assert result["__typename"] == kind, words
        assert result["message"]
    assert await ann.data(TIMELINE, of=f"Customer:{ACME}") == before
    assert (await ann.data(TASKS, c=ACME))["tasks"] == []


async def test_a_text_that_is_too_long_is_bad_input(ann: Client) -> None:
    text = "mutation ($input: LogInteractionInput!) { logInteraction(input: $input) { __typename } }"
    for note, code in (("x" * 10_001, "BAD_INPUT"), ("x" * 300_000, "TOO_LARGE")):
        assert await ann.codes(text, input={"key": "k1"} | meeting(note=note)) == [code]


async def test_readers_services_and_unknown_employees_may_not_write(signed: Signed) -> None:
    for client in (signed(BOB, "reader"), signed(None), signed("hr:gone")):
        for verb, words in (
            ("logInteraction", meeting()),
            ("createTask", {"subject": "x", "customer": ACME}),
            ("completeTask", {"task": "nope"}),
        ):
            assert (await wrote(client, verb, **words))["__typename"] == "Forbidden"
    assert (await wrote(signed(BOB), "completeTask", task="nope"))["__typename"] == "RecordNotFound"


async def test_who_is_hidden_answers_like_nobody_and_stays_hidden(
    ann: Client, signed: Signed, store: Store
) -> None:
    world = World()
    world.contact("fay", ACME, title="Advisor", visibility="owner", owner_id=ANN)
    world.load(store)
    bob = signed(BOB)
    refused = await wrote(bob, "logInteraction", **meeting(participants=["fay"]))
    unknown = await wrote(bob, "logInteraction", **meeting(participants=["foe"]))
    assert (refused["__typename"], refused["kind"]) == ("RecordNotFound", "Contact")
    assert refused["message"].replace("fay", "foe") == unknown["message"]
    met = meeting(participants=["fay", BOSS, ENGINEER, OTHER])
    assert (await wrote(ann, "logInteraction", **met))["__typename"] == "InvalidInput", "all read tasks"
    (talk,) = (await wrote(ann, "logInteraction", **met | {"nextStep": None}))["records"]
    (task,) = (await wrote(ann, "createTask", key="k2", subject="x", customer=ACME, contact="fay"))["records"]
    assert ("ABOUT", "fay") not in {(one["relation"], one["recordId"]) for one in task["links"]}
    node = "query ($i: ID!) { node(id: $i) { name } }"
    assert (await ann.data(node, i=talk["id"]))["node"]["name"] == "Visit"
    assert await bob.codes(node, i=talk["id"]) == ["NOT_FOUND"]


async def test_a_private_note_is_its_authors(ann: Client, signed: Signed) -> None:
    words = {"kind": "OTHER", "customer": ACME, "note": "He is leaving.", "private": True}
    step = {"nextStep": {"subject": "Find his successor"}}
    assert (await wrote(ann, "logInteraction", **words | step))["__typename"] == "InvalidInput"
    assert (await signed(BOB).data(TASKS, c=ACME))["tasks"] == []
    (talk,) = (await wrote(ann, "logInteraction", **words))["records"]
    node = "query ($i: ID!) { node(id: $i) { name } }"
    assert await signed(BOB).codes(node, i=talk["id"]) == ["NOT_FOUND"]
    assert (await ann.data(node, i=talk["id"]))["node"]
