"""An interaction with what comes next of it: the next step becomes a task."""

from dataclasses import replace

from graph.service import GraphStore
from graph.writing.author import Author
from graph.writing.errors import WriteRefused
from graph.writing.interaction import InteractionWords, check_interaction, log_interaction
from graph.writing.once import Outcome, receipt
from graph.writing.task import TaskWords, check_task, create_task


async def log_with_next_step(
    store: GraphStore, author: Author, words: InteractionWords, step: TaskWords
) -> Outcome:
    """Write the interaction and the task, both under the author's key.

    Everything is checked before either is written; asked again after the first was written, only what is
    missing is written. Raises WriteRefused (where the interaction is hidden from some of us, too), NotFound.
    """
    if await receipt(store, author, "log_interaction", words) is None:
        await _check(store, author, words, step)
    logged = await log_interaction(store, author, words)
    task = await create_task(store, replace(author, part="next"), step)
    return replace(logged, touched=logged.touched + task.touched)


async def _check(store: GraphStore, author: Author, words: InteractionWords, step: TaskWords) -> None:
    if await check_interaction(store, author, words) != "company":
        raise WriteRefused(
            "a next step becomes a task that everybody may read, and this interaction is hidden from some of "
            "us; write the step into the note"
        )
    await check_task(store, author, step)
