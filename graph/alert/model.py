"""An alert as its readers see it, and which of them are meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from graph.alert.playbook import Play, kinds
from graph.errors import UsageError
from graph.portfolio import Portfolio
from graph.profile.model import Owner

State = Literal["open", "acknowledged", "done", "muted"]
STATES: tuple[State, ...] = get_args(State)
IN_WORK: tuple[State, ...] = ("open", "acknowledged")
Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""
EVERYBODY = Portfolio()


@dataclass(frozen=True, slots=True)
class AccountAlert:
    """An alert with its account, its owner and its play; texts are in one language."""

    alert_id: str
    kind: str
    title: str
    message: str
    severity: str
    since: datetime
    until: datetime | None
    """When it was found to be over; None while it holds."""
    customer_id: str
    customer_name: str
    subject: str | None
    """Typed id of the record that it is about, where it is not the account as a whole."""
    evidence: tuple[str, ...]
    owner: Owner | None
    """Who is responsible for the account, as far as the viewer may see it."""
    state: State
    state_by: str | None
    state_at: datetime | None
    state_reason: str | None
    play: Play
    form: str | None = None
    """Which sentence of its kind tells it, such as `left` and `seems_left` of `key_person_left`."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which alerts; no kinds or severities: all of them. Raises UsageError for one that does not exist."""

    of: Portfolio = EVERYBODY
    kinds: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    states: tuple[State, ...] = IN_WORK

    def __post_init__(self) -> None:
        _known("kind", self.kinds, kinds())
        _known("severity", self.severities, SEVERITIES)
        _known("state", self.states, STATES)


def states(names: Iterable[str]) -> tuple[State, ...]:
    """The names as states; raises UsageError."""
    given = tuple(names)
    _known("state", given, STATES)
    return tuple(state for state in STATES if state in given)


def _known(what: str, given: Iterable[str], known: tuple[str, ...]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise UsageError(f"no {what} {unknown[0][:40]!r}; there are {', '.join(known)}")
