"""What happens between us and them: tickets, interactions and tasks."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from graph.model.base import PII, Instant, Node

CHANNELS = ("email", "meeting", "visit", "call", "chat", "wechat", "web", "campaign", "survey", "other")


class Ticket(Node):
    """A service ticket; `closed_at` and `satisfaction` do not exist before they happened."""

    label: ClassVar[str] = "Ticket"
    key: ClassVar[str] = "ticket_id"
    mutable: ClassVar[bool] = True

    ticket_id: str
    subject: str | None = None
    kind: str | None = None
    """`complaint`, `fault`, `question` or `request`; another word where the source has kinds of its own."""
    opened_at: Instant
    closed_at: Instant | None = None
    priority: str | None = None
    status: str | None = None
    category: str | None = None
    sla_breached: bool | None = None
    satisfaction: float | None = None


class Interaction(Node):
    """One contact between people: a mail, a meeting, a call, a page view; append-only."""

    label: ClassVar[str] = "Interaction"
    key: ClassVar[str] = "interaction_id"

    interaction_id: str
    at: Instant
    channel: str = "other"
    direction: str | None = None
    """`inbound`, `outbound` or `internal`, seen from our side."""
    duration_minutes: float | None = Field(default=None, ge=0)
    subject: Annotated[str | None, PII] = None
    note: Annotated[str | None, PII] = None
    """What was talked about, as whoever was there wrote it down."""
    next_step: Annotated[str | None, PII] = None
    page_type: str | None = None
    visibility: str = "company"
    owner_id: str | None = None


class Task(Node):
    """Something one of us has to do by a day; `done_at` does not exist before it happened."""

    label: ClassVar[str] = "Task"
    key: ClassVar[str] = "task_id"
    mutable: ClassVar[bool] = True

    task_id: str
    subject: Annotated[str | None, PII] = None
    kind: str | None = None
    status: str | None = None
    created_at: Instant | None = None
    due_at: Instant | None = None
    done_at: Instant | None = None


class Introduction(Node):
    """A request of one of us to be introduced to a contact (`ABOUT`), and what came of it."""

    label: ClassVar[str] = "Introduction"
    key: ClassVar[str] = "introduction_id"

    introduction_id: str
    state: Literal["asked", "made", "declined"]
    asked_by: str
    """Id of the employee who asked."""
    asked_at: Instant
    through: str
    """Typed id of who was asked: an employee or a contact."""
    note: Annotated[str | None, PII] = None
    decided_by: str | None = None
    """Who said what came of it, such as `user:eva`."""
    decided_at: Instant | None = None
    reason: str | None = None
    interaction_id: str | None = None
    """Where it was made: the talk of those who took part."""
    visibility: str = "company"
    owner_id: str | None = None
