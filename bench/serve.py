"""Latency over HTTP on loopback, beside the bare driver answering the same question on the same engine."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from neo4j import Session

from bench.bare.text import statement
from bench.company import Exports
from bench.engines import Bed, EngineName, bed
from bench.questions import Question, Subject, questions
from bench.report import Cell, Table
from bench.server import GraphQLClient, served
from graph import census
from graph.clock import data_now
from graph.service import run_sync
from graph.store import open_store

WARM_UP = 300
PERCENTILES = (50, 95, 99)


class AnswersDiffer(Exception):
    """Both sides got the same question and answered differently: the comparison would mean nothing."""


def measure_serve(engines: list[EngineName], backup: Path, calls: int, folder: Path) -> Table:
    """All questions on each engine, over the same scored company, restored from its backup."""
    rows: list[tuple[Cell, ...]] = []
    customers = 0
    for name in engines:
        with bed(name, folder / name) as engine:
            engine.relgraph("restore", str(backup))
            customers = customers_of(engine)
            rows += _measured(engine, calls)
    return Table(
        title=f"Serving, {customers:,} customers",
        columns=("engine", "question", *_columns("HTTP"), *_columns("bare"), "HTTP / bare p50"),
        rows=rows,
        notes=(
            f"{calls} calls each after {WARM_UP} to warm up, one at a time, sides alternating call by call, "
            "a random customer per call; milliseconds until the whole answer is read and decoded.",
            "HTTP: POST with a bearer token to `relgraph serve` in its own process, connection kept. Bare: "
            "the official driver, synchronous; what it answers is checked against HTTP's.",
            "Bare, `decisionChain` runs the catalogue's statement, the others their own (bench/bare).",
            "Both engines hold the same company, restored from one backup.",
        ),
    )


def scored(exports: Exports, folder: Path) -> Path:
    """The backup of a company that was ingested, derived, trained on and scored on the embedded engine."""
    backup = folder / "company.relgraph"
    with bed("embedded", folder / "made") as engine:
        engine.relgraph("ingest", str(exports.path), "--mapping", str(exports.mapping))
        for words in (
            ("derive",),
            ("train", "churn"),
            ("train", "cross-sell"),
            ("score",),
            ("backup", str(backup)),
        ):
            engine.relgraph(*words)
    return backup


def customers_of(engine: Bed) -> int:
    """How many the graph holds."""
    with open_store(engine.config) as store:
        return census.take(store).nodes["Customer"]


def _columns(side: str) -> tuple[str, ...]:
    return tuple(f"{side} p{percentile}" for percentile in PERCENTILES)


def _measured(engine: Bed, calls: int) -> list[tuple[Cell, ...]]:
    with engine.driver() as driver, driver.session(database=engine.config.database) as session:
        subjects = _subjects(engine, session)
        with served(engine) as client:
            return [_row(engine.name, question, client, session, subjects, calls) for question in questions()]


def _subjects(engine: Bed, session: Session) -> list[Subject]:
    """Customers with an open deal, recommendations and a name of their own, in random order."""
    with open_store(engine.config) as store:
        now = run_sync(store, data_now).isoformat()
    found = [Subject(row["id"], row["name"], now) for row in session.run(statement("sample"))]
    random.Random(7).shuffle(found)
    return found


def _row(
    engine: str,
    question: Question,
    client: GraphQLClient,
    session: Session,
    subjects: list[Subject],
    calls: int,
) -> tuple[Cell, ...]:
    served_ms, bare_ms = _timed(question, client, session, _cycle(subjects, WARM_UP + calls))
    over_http, alone = _percentiles(served_ms), _percentiles(bare_ms)
    return (engine, question.name, *over_http, *alone, f"{over_http[0] / alone[0]:.1f}")


def _timed(
    question: Question, client: GraphQLClient, session: Session, subjects: Iterator[Subject]
) -> tuple[list[float], list[float]]:
    served_ms, bare_ms = [], []
    for subject in subjects:
        data, took = _clocked(_post, client, question, subject)
        served_ms.append(took)
        rows, took = _clocked(_run, session, question, subject)
        bare_ms.append(took)
        if question.served_key(data) != question.bare_key(rows, subject):
            raise AnswersDiffer(f"{question.name} about {subject.customer_id}: over HTTP {data}, bare {rows}")
    return served_ms[WARM_UP:], bare_ms[WARM_UP:]


def _post(client: GraphQLClient, question: Question, subject: Subject) -> Any:
    document = client.ask(question.graphql, question.variables(subject))
    if document.get("errors"):
        raise AnswersDiffer(f"{question.name}: {document['errors']}")
    return document["data"]


def _run(session: Session, question: Question, subject: Subject) -> list[dict[str, Any]]:
    return session.run(question.bare, question.params(subject)).data()


def _clocked(work: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    result = work(*arguments)
    return result, (time.perf_counter() - began) * 1000


def _cycle(subjects: list[Subject], count: int) -> Iterator[Subject]:
    return (subjects[number % len(subjects)] for number in range(count))


def _percentiles(milliseconds: list[float]) -> tuple[float, ...]:
    return tuple(float(value) for value in np.percentile(milliseconds, PERCENTILES))
