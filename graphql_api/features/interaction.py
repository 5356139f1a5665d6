"""Statements of an account manager's day: interactions and tasks; and the list of open tasks."""

from datetime import datetime
from enum import Enum
from functools import partial

import strawberry

from graph.service import GraphStore
from graph.writing import Author, Outcome
from graph.writing.interaction import InteractionWords, log_interaction
from graph.writing.next_step import log_with_next_step
from graph.writing.task import OpenTask, TaskWords, complete_task, create_task, open_tasks
from graphql_api.context import Info, moment
from graphql_api.execution.taken import shaped
from graphql_api.features.field import resolved
from graphql_api.features.people import Employee
from graphql_api.features.written import WriteResult, written


@strawberry.enum(description="How people met.")
class InteractionKind(Enum):
    """Values of `graph.writing.interaction.Kind`."""

    EMAIL = "email"
    MEETING = "meeting"
    VISIT = "visit"
    CALL = "call"
    CHAT = "chat"
    WECHAT = "wechat"
    OTHER = "other"


@strawberry.enum(description="Who turned to whom, seen from our side.")
class Direction(Enum):
    """Values of `graph.writing.interaction.Direction`."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


@strawberry.input(
    description="What comes next: becomes a task, of the author unless `owner` is given. Everybody may read "
    "tasks, so that an interaction which is hidden from some has no next step."
)
class NextStepInput:
    """`dueAt` lies on the day of the company's now or later."""

    subject: str
    due_at: datetime | None = None
    owner: strawberry.ID | None = None


@strawberry.input(
    description="Who met whom when, and what was said. `customer`, `opportunity` or both are given."
)
class LogInteractionInput:
    """`key`: the client's own; `at`: now unless given; `private`: for the author alone."""

    key: strawberry.ID
    kind: InteractionKind
    customer: strawberry.ID | None = None
    opportunity: strawberry.ID | None = None
    at: datetime | None = None
    participants: list[strawberry.ID] = strawberry.field(default_factory=list)
    colleagues: list[strawberry.ID] = strawberry.field(default_factory=list)
    direction: Direction | None = None
    subject: str | None = None
    note: str | None = None
    duration_minutes: float | None = None
    next_step: NextStepInput | None = None
    private: bool = False
    why: str | None = None


@strawberry.input(description="What somebody has to do. `customer`, `opportunity` or both are given.")
class CreateTaskInput:
    """`key`: the client's own, new for each statement; `owner`: the author unless given."""

    key: strawberry.ID
    subject: str
    customer: strawberry.ID | None = None
    opportunity: strawberry.ID | None = None
    contact: strawberry.ID | None = None
    due_at: datetime | None = None
    owner: strawberry.ID | None = None
    kind: str | None = None
    why: str | None = None


@strawberry.input(description="A task that is done, or `cancelled`.")
class CompleteTaskInput:
    """`version`: that of the record as it was read; a record that changed since is refused."""

    key: strawberry.ID
    task: strawberry.ID
    version: str | None = None
    cancelled: bool = False
    why: str | None = None


@strawberry.type(description="A task that is not done.")
class Task:
    """`id` leads to the record by `node`."""

    id: strawberry.ID
    subject: str | None
    kind: str | None
    status: str | None
    due_at: datetime | None
    customer_id: strawberry.ID | None
    customer_name: str | None
    owners: list[Employee]

    @classmethod
    def of(cls, task: OpenTask) -> "Task":
        """From the domain's value."""
        customer = task.customer or {}
        return shaped(
            cls,
            task,
            id=strawberry.ID(f"Task:{task.task_id}"),
            customer_id=customer.get("customer_id"),
            customer_name=customer.get("name"),
            owners=[Employee(**one) for one in task.owners],
        )


@resolved(weight=60, name="logInteraction")
async def log_interaction_field(info: Info, input: LogInteractionInput) -> WriteResult:
    """Log a meeting, call, mail or note, with its next step as a task; the next derive ties who met."""
    words = _interaction(input)
    step = None if input.next_step is None else _next_step(input, input.next_step)

    async def perform(store: GraphStore, author: Author) -> Outcome:
        if step is None:
            return await log_interaction(store, author, words)
        return await log_with_next_step(store, author, words, step)

    return await written(info.context, input.key, input.why, perform)


@resolved(weight=60, name="createTask")
async def create_task_field(info: Info, input: CreateTaskInput) -> WriteResult:
    """Give somebody of us something to do by a day."""
    words = TaskWords(
        subject=input.subject,
        due_at=moment(input.due_at, "dueAt"),
        customer=input.customer,
        opportunity=input.opportunity,
        contact=input.contact,
        owner=input.owner,
        kind=input.kind,
    )

    return await written(info.context, input.key, input.why, partial(create_task, words=words))


@resolved(weight=60, name="completeTask")
async def complete_task_field(info: Info, input: CompleteTaskInput) -> WriteResult:
    """Close a task that is open, as done or as cancelled."""

    async def perform(store: GraphStore, author: Author) -> Outcome:
        task = input.task.removeprefix("Task:")
        return await complete_task(store, author, task, input.version, cancelled=input.cancelled)

    return await written(info.context, input.key, input.why, perform)


@resolved(weight=10, name="tasks")
async def tasks_field(
    info: Info,
    customer: strawberry.ID | None = None,
    employee: strawberry.ID | None = None,
    due_by: datetime | None = None,
    first: int = 50,
    as_of: datetime | None = None,
) -> list[Task] | None:
    """Open tasks, the earliest due first: of a customer, of one of us or of both, else of the viewer."""
    context = info.context
    whose = employee or (context.viewer if customer is None else None)
    found = await open_tasks(
        context.store,
        now=await context.now(),
        viewer=context.viewer,
        customer_id=None if customer is None else await context.resolve("Customer", customer),
        employee_id=None if whose is None else await context.resolve("Employee", whose),
        until=moment(due_by, "dueBy"),
        first=first,
        as_of=moment(as_of),
    )
    return [Task.of(one) for one in found]


def _interaction(given: LogInteractionInput) -> InteractionWords:
    return InteractionWords(
        kind=given.kind.value,
        at=moment(given.at, "at"),
        customer=given.customer,
        opportunity=given.opportunity,
        participants=tuple(given.participants),
        colleagues=tuple(given.colleagues),
        direction=given.direction.value if given.direction else None,
        subject=given.subject,
        note=given.note,
        next_step=given.next_step.subject if given.next_step else None,
        duration_minutes=given.duration_minutes,
        private=given.private,
    )


def _next_step(given: LogInteractionInput, step: NextStepInput) -> TaskWords:
    return TaskWords(
        subject=step.subject,
        due_at=moment(step.due_at, "dueAt"),
        customer=given.customer,
        opportunity=given.opportunity,
        contact=given.participants[0] if given.participants else None,
        owner=step.owner,
        kind="next_step",
    )
