"""Alerts as their readers see them: what holds, since when, for whom, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

import orjson

from graph.alert.playbook import Language, Play, kinds, message, play, title
from graph.clock import reading_moment
from graph.errors import UsageError
from graph.service import GraphStore, Row

State = Literal["open", "acknowledged", "done", "muted"]
STATES: tuple[State, ...] = get_args(State)
IN_WORK: tuple[State, ...] = ("open", "acknowledged")


@dataclass(frozen=True, slots=True)
class AccountAlert:
    """An alert with its account, its owner and its play; texts are in one language.

    The messages of gaps in a decision chain are English in either language.
    """

    alert_id: str
    kind: str
    title: str
    message: str
    severity: str
    since: datetime
    customer_id: str
    customer_name: str
    subject: str | None
    evidence: tuple[str, ...]
    owner_id: str | None
    """Who is responsible for the account, as far as the viewer may see it."""
    owner_name: str | None
    state: State
    state_by: str | None
    state_at: datetime | None
    state_reason: str | None
    play: Play


@dataclass(frozen=True, slots=True)
class Selection:
    """Which alerts: of a customer, of the accounts of an employee, or (neither named) of everyone."""

    customer_id: str | None = None
    employee_id: str | None = None
    kinds: tuple[str, ...] = ()
    """Empty: all of them."""
    states: tuple[State, ...] = IN_WORK
    first: int = 50


async def alerts(
    store: GraphStore,
    selection: Selection,
    *,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
    language: Language = "en",
) -> list[AccountAlert]:
    """The selected alerts, the gravest first, then the newest.

    `as_of` before `now` reads those that stood then, in the states of today. Raises UsageError for a kind or
    state that does not exist, or AsOfAfterNow.
    """
    _known("kind", selection.kinds, kinds())
    _known("state", selection.states, STATES)
    rows = await store.read(
        "alert.of",
        customer_id=selection.customer_id or "",
        employee_id=selection.employee_id or "",
        everyone=selection.customer_id is None and selection.employee_id is None,
        viewer=viewer or "",
        as_of=reading_moment(as_of, now).isoformat(),
        kinds=list(selection.kinds),
        states=list(selection.states),
        limit=selection.first,
    )
    return [_alert(row, language) for row in rows]


def states(names: Iterable[str]) -> tuple[State, ...]:
    """The names as states; raises UsageError."""
    given = tuple(names)
    _known("state", given, STATES)
    return tuple(state for state in STATES if state in given)


def _known(what: str, given: Iterable[str], known: Sequence[str]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise UsageError(f"no {what} {unknown[0]!r}; there are {', '.join(known)}")


def _alert(row: Row, language: Language) -> AccountAlert:
    told: Row = row["alert"]
    owner: Row = next(iter(row["owners"]), {})
    return AccountAlert(
        alert_id=told["alert_id"],
        kind=told["kind"],
        title=title(told["kind"], language),
        message=_message(told, language),
        severity=told["severity"],
        since=told["valid_from"],
        customer_id=row["customer_id"],
        customer_name=row["customer_name"],
        subject=told["subject"],
        evidence=tuple(told["evidence"] or ()),
        owner_id=owner.get("employee_id"),
        owner_name=owner.get("name"),
        state=told["state"] or "open",
        state_by=told["state_by"],
        state_at=told["state_at"],
        state_reason=told["state_reason"],
        play=play(told["kind"], language),
    )


def _message(told: Row, language: Language) -> str:
    """The message anew from its figures in another language than English; gaps have no figures."""
    if language == "en" or told["figures"] is None:
        return str(told["message"])
    return message(told["kind"], orjson.loads(told["figures"]), language)
