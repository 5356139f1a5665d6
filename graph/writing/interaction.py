"""Logs an interaction: who met whom when, what was said, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from graph.service import GraphStore
from graph.writing.author import Author, worded
from graph.writing.errors import WriteRefused
from graph.writing.named import Named, named
from graph.writing.once import Outcome, Writing, once
from graph.writing.subject import LONGEST_NOTE, LONGEST_SUBJECT, customer_of, subject_of

Kind = Literal["email", "meeting", "visit", "call", "chat", "wechat", "other"]
Direction = Literal["inbound", "outbound", "internal"]
MOST_PEOPLE = 50
LONGEST_MEETING = 14 * 24 * 60.0
"""Minutes: two weeks, such as a fair."""


@dataclass(frozen=True, slots=True)
class InteractionWords:
    """What the author says of an interaction with a customer, or about an opportunity of it.

    participants: contacts; colleagues: employees besides the author. private: for the author alone.
    """

    kind: str
    at: datetime | None = None
    customer: str | None = None
    opportunity: str | None = None
    participants: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    direction: str | None = None
    subject: str | None = None
    note: str | None = None
    next_step: str | None = None
    duration_minutes: float | None = None
    private: bool = False


async def log_interaction(store: GraphStore, author: Author, words: InteractionWords) -> Outcome:
    """Write the interaction; who takes part in it is connected by it in the next derive.

    It is as hidden as the contacts who took part. Raises WriteRefused, NotFound.
    """

    async def prepare() -> Writing:
        return _writing(author, words, await _named(store, author, words))

    return await once(store, author, "log_interaction", words, prepare)


async def check_interaction(store: GraphStore, author: Author, words: InteractionWords) -> str:
    """The visibility it would have; raises what `log_interaction` would raise, and writes nothing."""
    writing = _writing(author, words, await _named(store, author, words))
    return str(writing.params["props"]["visibility"])


async def _named(store: GraphStore, author: Author, words: InteractionWords) -> Named:
    people = len(words.participants) + len(words.colleagues)
    if people > MOST_PEOPLE:
        raise WriteRefused(f"{people} people took part; at most {MOST_PEOPLE} can be named")
    who = {"Contact": words.participants, "Employee": words.colleagues}
    return await named(store, author, {**who, **subject_of(words.customer, words.opportunity)})


def _writing(author: Author, words: InteractionWords, found: Named) -> Writing:
    _check(words)
    contacts = list(dict.fromkeys(found.id("Contact", one) for one in words.participants))
    us = list(dict.fromkeys([author.employee_id, *(found.id("Employee", one) for one in words.colleagues)]))
    return Writing(
        "writing.log_interaction",
        {
            "interaction_id": author.record_id,
            "customer_id": customer_of(found, words.customer, words.opportunity),
            "props": _props(author, words, found, contacts),
            "at": author.moment("at", words.at).isoformat(),
            "opportunities": [found.id("Opportunity", words.opportunity)] if words.opportunity else [],
            **_parts(words.direction, contacts, us),
        },
        (f"Interaction:{author.record_id}",),
    )


def _check(words: InteractionWords) -> None:
    if words.kind not in get_args(Kind):
        raise WriteRefused(f"no kind {words.kind!r}; kinds are {', '.join(get_args(Kind))}")
    if words.direction is not None and words.direction not in get_args(Direction):
        raise WriteRefused(f"no direction {words.direction!r}; {', '.join(get_args(Direction))}")
    if words.duration_minutes is not None and not 0.0 <= words.duration_minutes <= LONGEST_MEETING:
        raise WriteRefused(f"`durationMinutes` is not between 0 and {LONGEST_MEETING:g}")
    if not words.participants and not (words.note or "").strip():
        raise WriteRefused("say who took part, or write a note")


def _props(author: Author, words: InteractionWords, found: Named, contacts: list[str]) -> dict[str, Any]:
    own = {"visibility": "owner", "owner_id": author.employee_id}
    return {
        "channel": words.kind,
        "direction": words.direction,
        "duration_minutes": words.duration_minutes,
        "subject": worded("subject", words.subject, LONGEST_SUBJECT),
        "note": worded("note", words.note, LONGEST_NOTE),
        "next_step": worded("nextStep", words.next_step, LONGEST_SUBJECT),
        **(own if words.private else found.visibility(contacts)),
    }


def _parts(direction: str | None, contacts: list[str], us: list[str]) -> dict[str, list[dict[str, str]]]:
    """How each took part: who wrote or called, to whom, and who was copied in; else all attended."""
    ways = {"inbound": ("from", "cc", "to", "cc"), "outbound": ("to", "to", "from", "cc")}
    first_guest, guest, first_of_us, colleague = ways.get(direction or "", ("attendee",) * 4)
    return {
        "contacts": _each(contacts, first_guest, guest),
        "employees": _each(us, first_of_us, colleague),
    }


def _each(people: list[str], first: str, others: str) -> list[dict[str, str]]:
    return [{"id": one, "part": others if place else first} for place, one in enumerate(people)]
