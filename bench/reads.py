"""Pages and warm paths of a company that was written straight into the graph, at any size."""

import random
import time
from collections.abc import Callable, Iterator
from math import log
from pathlib import Path

import networkx as nx
import numpy as np
from neo4j import Session

from bench.bare.text import statement
from bench.engines import EngineName, bed
from bench.network import NOW, Size, Tie, write
from bench.report import Cell, Table
from graph.profile.model import Order
from graph.profile.pages import page
from graph.profile.read import ProfileRequest, profiles
from graph.service import run_sync
from graph.store import Store, open_store
from graph.warm_path.find import warm_paths

PAGE = 50
CONTACTS = 5
PERCENTILES = (50, 95)
_PLACES = 20
Question = Callable[[random.Random], object]


def measure_reads(engines: list[EngineName], customers: int, calls: int, folder: Path) -> Table:
    """Pages by name and by risk, and warm paths, on each engine; NetworkX and the engines' own beside."""
    size = Size(customers)
    rows: list[tuple[Cell, ...]] = []
    ties: list[Tie] = []
    for name in engines:
        with (
            bed(name, folder / name) as engine,
            open_store(engine.config) as store,
            engine.driver() as driver,
        ):
            ties = write(store, size)
            with driver.session(database=engine.config.database) as session:
                questions = [*_of_store(store, size), ("shortestPath, bare", _shortest(session, size))]
                rows += [(name, title, *_percentiles(asked, calls)) for title, asked in questions]
    rows.append(("NetworkX", "strongest path, in memory", *_percentiles(_of_networkx(ties, size), calls)))
    return Table(
        title=f"Reading, {customers:,} customers, {size.contacts:,} contacts, {size.ties:,} ties",
        columns=("engine", "question", *(f"p{percentile}" for percentile in PERCENTILES)),
        rows=rows,
        notes=(
            f"{calls} calls each after a fifth as many to warm up, one at a time; milliseconds.",
            f"A page: {PAGE} customers from a random place, with risk and {CONTACTS} contacts each.",
            "A warm path: the three strongest over at most four ties, people and reasons included, from a "
            "random employee to a random contact. NetworkX finds one, over any number of ties, without "
            "visibility, decay or reasons; the engines' own shortestPath counts ties and knows no strength.",
        ),
    )


def _of_store(store: Store, size: Size) -> Iterator[tuple[str, Question]]:
    cursors: dict[Order, list[str | None]] = {"name": _places(store, "name"), "risk": _places(store, "risk")}

    def listed(order: Order) -> Question:
        return lambda draw: _page(store, order, draw.choice(cursors[order]))

    yield "page by name", listed("name")
    yield "page by risk", listed("risk")
    yield (
        "warm path",
        lambda draw: run_sync(
            store,
            warm_paths,
            employee_id=f"e{draw.randrange(size.employees)}",
            contact_ids=[f"p{draw.randrange(size.contacts)}"],
            now=NOW,
            first=3,
        ),
    )


def _places(store: Store, order: Order) -> list[str | None]:
    """Cursors of the first pages, the beginning among them."""
    cursors: list[str | None] = [None]
    while len(cursors) < _PLACES:
        length = PAGE * len(cursors)
        found = run_sync(store, page, first=length, now=NOW, order=order, after=cursors[-1])
        if found.cursor is None:
            break
        cursors.append(found.cursor)
    return cursors


def _page(store: Store, order: Order, cursor: str | None) -> object:
    lines = run_sync(store, page, first=PAGE, now=NOW, order=order, after=cursor).lines
    request = ProfileRequest(NOW, frozenset({"company", "risk", "contacts"}), contacts=CONTACTS)
    return run_sync(store, profiles, customer_ids=[line.customer_id for line in lines], request=request)


def _shortest(session: Session, size: Size) -> Question:
    text = statement("shortest")

    def asked(draw: random.Random) -> object:
        employee, contact = f"e{draw.randrange(size.employees)}", f"p{draw.randrange(size.contacts)}"
        return session.run(text, employee_id=employee, contact_id=contact).data()

    return asked


def _of_networkx(ties: list[Tie], size: Size) -> Question:
    graph: nx.Graph[str] = nx.Graph()
    for tie in ties:
        graph.add_edge(tie.start, tie.end, weight=-log(tie.strength))

    def asked(draw: random.Random) -> object:
        ends = f"Employee:e{draw.randrange(size.employees)}", f"Contact:p{draw.randrange(size.contacts)}"
        known = all(end in graph for end in ends) and nx.has_path(graph, *ends)
        return nx.bidirectional_dijkstra(graph, *ends) if known else None

    return asked


def _percentiles(asked: Question, calls: int) -> tuple[float, ...]:
    draw = random.Random(7)
    took = [_timed(asked, draw) for _ in range(calls + calls // 5)][calls // 5 :]
    return tuple(float(value) for value in np.percentile(took, PERCENTILES))


def _timed(asked: Question, draw: random.Random) -> float:
    began = time.perf_counter()
    asked(draw)
    return (time.perf_counter() - began) * 1000
