"""Tasks by name: those that come with the program, and those that an installed package declares.

A package adds a task by an entry point in the group `relgraph.tasks` that names its `gnn.task.Task`.
"""

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from graph.errors import UsageError

if TYPE_CHECKING:
    from gnn.task import Task

GROUP = "relgraph.tasks"
OURS = (
    EntryPoint("churn", "gnn.churn.task:CHURN", GROUP),
    EntryPoint("cross-sell", "gnn.cross_sell.task:CROSS_SELL", GROUP),
    EntryPoint("win", "gnn.deals.task:WIN", GROUP),
    EntryPoint("lead", "gnn.deals.task:LEAD", GROUP),
    EntryPoint("next-order", "gnn.forecast.task:NEXT_ORDER", GROUP),
    EntryPoint("value", "gnn.forecast.task:VALUE", GROUP),
)


class TaskUnknown(UsageError):
    """No task goes by this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no task is called {name!r}; there are {', '.join(task_names())}")


def task_names() -> tuple[str, ...]:
    """Names of all tasks, ours first; imports none of them."""
    return tuple(_declared())


def find_task(name: str) -> "Task[Any, Any, Any]":
    """The task of this name. Raises TaskUnknown."""
    declared = _declared()
    if name not in declared:
        raise TaskUnknown(name)
    task: Task[Any, Any, Any] = declared[name].load()
    return task


def _declared() -> dict[str, EntryPoint]:
    """Entry points by name; no package can take the name of one of ours."""
    ours = {task.name: task for task in OURS}
    return ours | {task.name: task for task in entry_points(group=GROUP) if task.name not in ours}
