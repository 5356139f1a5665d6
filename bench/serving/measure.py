"""The run: sides take turns call by call, then crowds of clients take turns side by side."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from time import process_time

import numpy as np

from bench.engines import EngineName, bed
from bench.report import Cell, Table
from bench.serve import customers_of
from bench.server import GraphQLClient, listening
from bench.serving.cases import cases
from bench.serving.library import library_served
from bench.serving.processor import milliseconds
from bench.serving.questions import Case, Ids, Question, questions
from bench.serving.sides import BARE, LIBRARY, OURS, Side, bare_sides, served_side

WARM_UP = 40


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: calls per question and side, and rounds of crowds of so many seconds each."""

    calls: int = 200
    rounds: int = 2
    seconds: float = 2.0
    clients: int = 16


@dataclass(slots=True)
class Took:
    """What one side did with one question."""

    milliseconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Milliseconds of processor time of whoever asks the engine, and of the engine."""
    same: int = 0
    """Answers that hold the ids of bare Cypher's."""
    rates: list[float] = field(default_factory=list)
    """Answers per second, crowd by crowd."""
    crowded: list[float] = field(default_factory=list)
    """Milliseconds of the crowds' answers."""
    failed: int = 0
    """Requests of the crowds that were refused or failed."""


Run = dict[str, dict[str, Took]]
"""By question and side."""


def measure_serving(
    name: EngineName, backup: Path, folder: Path, effort: Effort, *, library: bool
) -> tuple[int, Run]:
    """The five questions on one engine that is restored from a backup, and how many customers that holds.

    library: whether `@neo4j/graphql` is asked, too.
    """
    with ExitStack() as stack:
        engine = stack.enter_context(bed(name, folder / name))
        engine.relgraph("restore", str(backup))
        where, token, pid = stack.enter_context(listening(engine))
        sides = stack.enter_context(bare_sides(engine))
        sides.append(stack.enter_context(served_side(OURS, where, token, (pid, engine.pid))))
        if library:
            beside, its_pid = stack.enter_context(library_served(engine))
            sides.append(stack.enter_context(served_side(LIBRARY, beside, "none", (its_pid, engine.pid))))
        asked = cases(engine, _client(stack, where, token))
        run = {key: _measured(question, asked[key], sides, effort) for key, question in questions().items()}
        return customers_of(engine), run


def latencies(run: Run) -> list[tuple[Cell, ...]]:
    """A row per question and side: p50, p99, p50 over bare's, the goal, processor time and that over bare's,
    and the share of equal answers."""
    rows: list[tuple[Cell, ...]] = []
    for key, sides in run.items():
        bare = float(np.median(sides[BARE].milliseconds))
        spent_bare = float(np.mean(sides[BARE].processor))
        for name, took in sides.items():
            p50, p99 = (float(value) for value in np.percentile(took.milliseconds, (50, 99)))
            goal = f"≤ {questions()[key].goal}" if name == OURS else ""
            same = f"{took.same / len(took.milliseconds):.0%}"
            spent = float(np.mean(took.processor))
            beside = (f"{p50 / bare:.2f}", goal, spent, f"{spent / spent_bare:.2f}", same)
            rows.append((f"{key} {questions()[key].title}", name, p50, p99, *beside))
    return rows


def crowds(run: Run) -> list[tuple[Cell, ...]]:
    """A row per question and side: answers per second (median of rounds), p50, p99, over bare's, failed."""
    rows: list[tuple[Cell, ...]] = []
    for key, sides in run.items():
        bare = float(np.median(sides[BARE].rates))
        for name, took in sides.items():
            rate = float(np.median(took.rates))
            waited: tuple[Cell, ...] = ("–", "–")  # where nobody was answered
            if took.crowded:
                waited = tuple(float(value) for value in np.percentile(took.crowded, (50, 99)))
            rows.append((key, name, round(rate), *waited, f"{rate / bare:.2f}", took.failed))
    return rows


def tables(name: EngineName, customers: int, run: Run, effort: Effort) -> list[Table]:
    """Both tables of an engine."""
    return [
        Table(
            f"{name}, {customers:,} customers: one client",
            (
                "question",
                "side",
                "p50 ms",
                "p99 ms",
                "p50 / bare",
                "goal",
                "processor ms",
                "processor / bare",
                "same as bare",
            ),
            latencies(run),
        ),
        Table(
            f"{name}, {customers:,} customers: {effort.clients} clients, one worker",
            ("question", "side", "answers/s", "p50 ms", "p99 ms", "rate / bare", "refused or failed"),
            crowds(run),
        ),
    ]


def _client(stack: ExitStack, where: str, token: str) -> GraphQLClient:
    return GraphQLClient(stack.enter_context(closing(HTTPConnection(where, timeout=60))), token)


def _measured(
    question: Question, asked: Sequence[Case], sides: list[Side], effort: Effort
) -> dict[str, Took]:
    found = {side.name: Took() for side in sides}
    for number in range(WARM_UP + effort.calls):
        case = asked[number % len(asked)]
        answers = {side.name: _asked(side, question, case) for side in _turned(sides, number)}
        if number >= WARM_UP:
            for name, (took, processor, ids) in answers.items():
                found[name].milliseconds.append(took)
                found[name].processor.append(processor)
                found[name].same += ids == answers[BARE][2]
    for number in range(effort.rounds):
        for side in _turned(sides, number):
            seen = side.crowd(question, asked, effort.clients, effort.seconds)
            found[side.name].rates.append(seen.rate)
            found[side.name].crowded += [1000 * value for value in seen.complete]
            found[side.name].failed += seen.refused + seen.failed
    return found


def _asked(side: Side, question: Question, case: Case) -> tuple[float, float, Ids]:
    """Milliseconds until the answer, those of processor time, and the ids in the answer."""
    before = milliseconds(side.pids)
    own = process_time()
    took, ids = side.ask(question, case)
    own = 1000 * (process_time() - own) if side.decodes else 0.0
    return took, own + milliseconds(side.pids) - before, ids


def _turned(sides: list[Side], number: int) -> list[Side]:
    """Another side begins each time."""
    start = number % len(sides)
    return sides[start:] + sides[:start]
