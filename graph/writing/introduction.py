"""An introduction is asked for, and made or declined; one that was made ties those who took part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from graph.errors import NotFound
from graph.service import GraphStore, Row
from graph.writing.author import Author, worded
from graph.writing.errors import VersionConflict, WriteRefused
from graph.writing.named import Named, named
from graph.writing.once import Outcome, Writing, once
from graph.writing.subject import LONGEST_NOTE, LONGEST_SUBJECT

Decided = Literal["made", "declined"]
Channel = Literal["email", "meeting", "visit", "call", "chat", "wechat", "other"]
SUBJECT = "Introduction"


@dataclass(frozen=True, slots=True)
class IntroductionWords:
    """The author asks `through` (`Employee:id` or `Contact:id`) to be introduced to the contact."""

    contact: str
    through: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """What came of it; `channel` is how it was made, `why` says why it was declined."""

    introduction: str
    outcome: str
    channel: str = "email"
    why: str | None = None


async def ask_introduction(store: GraphStore, author: Author, words: IntroductionWords) -> Outcome:
    """Ask for it; the request is as hidden as the contacts are. Raises WriteRefused, NotFound."""

    async def prepare() -> Writing:
        return _asking(author, words, await _named(store, author, words))

    return await once(store, author, "ask_introduction", words, prepare)


async def decide_introduction(store: GraphStore, author: Author, words: DecisionWords) -> Outcome:
    """Say what came of a request, which only its author and the employee who was asked may.

    One that was made is an interaction of all three, by which the next derive ties them. Raises WriteRefused,
    NotFound, and VersionConflict for a request that is decided.
    """

    async def prepare() -> Writing:
        _check(words)
        request = await _request(store, author, words)
        return await _decision(store, author, words, request)

    return await once(store, author, "decide_introduction", words, prepare)


def _through(words: IntroductionWords) -> tuple[str, str]:
    label, colon, asked = words.through.partition(":")
    if label not in ("Employee", "Contact") or not colon or not asked:
        raise WriteRefused("`through` is `Employee:` or `Contact:` and an id")
    return label, asked


async def _named(store: GraphStore, author: Author, words: IntroductionWords) -> Named:
    label, asked = _through(words)
    people = {"Contact": {words.contact}} | ({"Employee": {asked}} if label == "Employee" else {})
    if label == "Contact":
        people["Contact"].add(asked)
    return await named(store, author, people)


def _asking(author: Author, words: IntroductionWords, found: Named) -> Writing:
    label, asked = _through(words)
    contact_id, through_id = found.id("Contact", words.contact), found.id(label, asked)
    contacts = [contact_id] + ([through_id] if label == "Contact" else [])
    if through_id in (author.employee_id, contact_id):
        raise WriteRefused("an introduction is asked of somebody else than the author and the contact")
    props = {
        "asked_by": author.employee_id, "through": f"{label}:{through_id}", "state": "asked",
        "note": worded("note", words.note, LONGEST_NOTE), **found.visibility(contacts),
    }  # fmt: skip
    return Writing(
        "writing.ask_introduction",
        {"introduction_id": author.record_id, "contact_id": contact_id, "props": props},
        (f"Contact:{contact_id}", f"{label}:{through_id}"),
    )


def _check(words: DecisionWords) -> None:
    if words.outcome not in get_args(Decided):
        raise WriteRefused(f"no outcome {words.outcome!r}; there are {', '.join(get_args(Decided))}")
    if words.channel not in get_args(Channel):
        raise WriteRefused(f"no channel {words.channel!r}; there are {', '.join(get_args(Channel))}")
    worded("why", words.why, LONGEST_SUBJECT, needed=words.outcome == "declined")


async def _request(store: GraphStore, author: Author, words: DecisionWords) -> Row:
    rows = await store.read(
        "writing.introduction", introduction_id=words.introduction, viewer=author.employee_id
    )
    if not rows:
        raise NotFound("Introduction", words.introduction)
    request: Row = rows[0]["request"] | {"contact_id": rows[0]["contact_id"]}
    if request["state"] != "asked":
        raise VersionConflict(f"the introduction {words.introduction}")
    if author.employee_id != request["asked_by"] and request["through"] != f"Employee:{author.employee_id}":
        raise WriteRefused("only who asked for an introduction and who was asked can say what came of it")
    return request


async def _decision(store: GraphStore, author: Author, words: DecisionWords, request: Row) -> Writing:
    params: dict[str, Any] = {
        "introduction_id": words.introduction, "state": words.outcome,
        "why": worded("why", words.why, LONGEST_SUBJECT),
        "talks": [], "customers": [], "contacts": [], "employees": [],
    }  # fmt: skip
    touched = [f"Contact:{request['contact_id']}"]
    if words.outcome == "made":
        params |= await _talk(store, author, words, request)
        touched.append(f"Interaction:{author.record_id}")
    return Writing("writing.decide_introduction", params, tuple(touched), "the introduction")


async def _talk(store: GraphStore, author: Author, words: DecisionWords, request: Row) -> Mapping[str, Any]:
    """The interaction by which it was made: who introduced wrote to, or met, the other two."""
    talk, contact_id = author.record_id, request["contact_id"]
    label, _, asked = request["through"].partition(":")
    found = await named(store, author, {"Contact": [contact_id, *([asked] if label == "Contact" else [])]})
    through = found.id("Contact", asked) if label == "Contact" else asked  # may be merged since
    leads = [(through, True)] if through != contact_id else []
    contacts = [(contact_id, False)] + (leads if label == "Contact" else [])
    employees = [(request["asked_by"], False)] + (leads if label == "Employee" else [])
    jobs = found.open_jobs(contact_id, _customers(found, contact_id), author.now)
    props = {
        "channel": words.channel, "direction": None, "subject": SUBJECT,
        "visibility": request["visibility"] or "company", "owner_id": request["owner_id"],
    }  # fmt: skip

    def each(people: list[tuple[str, bool]]) -> list[dict[str, str]]:
        return [{"talk": talk, "id": one, "part": _part(words.channel, leads=leads)} for one, leads in people]

    return {
        "talks": [{"interaction_id": talk, "props": props, "at": author.now.isoformat()}],
        "customers": [{"talk": talk, "id": job["customer_id"]} for job in jobs[:1]],
        "contacts": each(contacts),
        "employees": each(employees),
    }


def _customers(found: Named, contact_id: str) -> list[str]:
    return list(dict.fromkeys(job["customer_id"] for job in found.jobs(contact_id)))


def _part(channel: str, *, leads: bool) -> str:
    if channel != "email":
        return "organizer" if leads else "attendee"
    return "from" if leads else "to"
