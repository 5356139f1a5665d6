"""Random questions about random accounts, answered both ways."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.history import History
from graph.moment import naive
from graph.recomputed.question import QUESTIONS, Answer, Answers, Question
from graph.service import run_sync
from graph.sql import statement
from graph.sql.run import rows
from graph.store import Store

_AT_ONCE = 100
"""Customers of one question."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A question about a customer that was answered in two ways; None: nothing of the kind."""

    question: str
    customer_id: str
    served: Answer | None
    recomputed: Answer | None


@dataclass(frozen=True, slots=True)
class Checked:
    """How many answers were compared, by question, and those that differ."""

    answers: Mapping[str, int]
    filled: int
    """Answers that had something to say."""
    differences: tuple[Difference, ...]


def check(store: Store, history: History, now: datetime, sample: int, seed: int) -> Checked:
    """Compare `sample` answers, each of a random question about a random customer, at most all there are."""
    customers = [row["customer_id"] for row in rows(history.connection, _everyone(now))]
    every = [(question, customer) for question in QUESTIONS for customer in customers]
    chosen: dict[str, list[str]] = defaultdict(list)
    for question, customer in random.Random(seed).sample(every, min(sample, len(every))):
        chosen[question.name].append(customer)
    filled, differences = 0, list[Difference]()
    for question in QUESTIONS:
        for asked in _batches(chosen[question.name]):
            served = run_sync(store, question.serve, asked, now)
            other = _recomputed(history, question, asked, now)
            filled += len(served.keys() | other.keys())
            differences += _differing(question, asked, served, other)
    return Checked({name: len(asked) for name, asked in chosen.items()}, filled, tuple(differences))


def _batches(customers: Sequence[str]) -> Iterator[list[str]]:
    return (list(customers[start : start + _AT_ONCE]) for start in range(0, len(customers), _AT_ONCE))


def _everyone(now: datetime) -> Any:
    return statement("recomputed.customers", now=naive(now))


def _recomputed(history: History, question: Question, asked: list[str], now: datetime) -> Answers:
    found: dict[str, list[Answer]] = defaultdict(list)
    for row in rows(
        history.connection, statement(f"recomputed.{question.name}", now=naive(now), asked=asked)
    ):
        found[row["customer_id"]].append(tuple(row.values())[1:])
    return {key: tuple(rest) if question.rows else rest[0] for key, rest in found.items()}


def _differing(
    question: Question, asked: Sequence[str], served: Answers, recomputed: Answers
) -> Iterator[Difference]:
    for customer in asked:
        one, other = served.get(customer), recomputed.get(customer)
        if one != other:
            yield Difference(question.name, customer, one, other)
