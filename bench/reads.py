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
from bench.scale.process import cpu_seconds
from graph.customer_filter.condition import Comparison
from graph.customer_list import CustomerPage, Listing, Sort, customer_page
from graph.directory import tags
from graph.profile.model import Order
from graph.profile.pages import page
from graph.profile.read import ProfileRequest
from graph.service import run_sync
from graph.store import Store, open_store
from graph.warm_path.find import warm_paths

PAGE = 50
ACTIVE = Comparison("lifecycle", "is", ("active",))
LISTS = {
    "by name": Listing(),
    "by name, active ones": Listing(where=ACTIVE),
    "by silence": Listing(order=(Sort("silence"),)),
    "by risk": Listing(order=(Sort("risk", descending=True),)),
    "by value": Listing(order=(Sort("value", descending=True, currency="EUR"),)),
    "by silence, active ones": Listing(where=ACTIVE, order=(Sort("silence"),)),
}
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
                rows += [(name, title, *_measured(asked, calls, engine.pid)) for title, asked in questions]
    rows.append(("NetworkX", "strongest path, in memory", *_measured(_of_networkx(ties, size), calls, None)))
    return Table(
        title=f"Reading, {customers:,} customers, {size.contacts:,} contacts, {size.ties:,} ties",
        columns=("engine", "question", *(f"p{percentile}" for percentile in PERCENTILES), "engine CPU"),
        rows=rows,
        notes=(
            f"{calls} calls each after a fifth as many to warm up, one at a time; milliseconds. Engine CPU: "
            "processor time of the engine's process per call, which other work beside it changes little.",
            f"A page: {PAGE} customers from a random place, with risk and {CONTACTS} contacts each.",
            f"A list: ids of {PAGE} customers that answer to a condition or to none, from a random place of "
            "the first ones in that order. Tags: all of them, each with its number of customers.",
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
    for title, listing in LISTS.items():
        yield f"list {title}", _list(store, listing)
    yield "tags with their sizes", lambda _: run_sync(store, tags, now=NOW, viewer=None)
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


LINES = ProfileRequest(NOW, frozenset({"company"}))


def _places(store: Store, order: Order) -> list[str | None]:
    """Cursors of the first pages, the beginning among them."""
    cursors: list[str | None] = [None]
    while len(cursors) < _PLACES:
        length = PAGE * len(cursors)
        found = run_sync(store, page, request=LINES, first=length, order=order, after=cursors[-1])
        if found.cursor is None:
            break
        cursors.append(found.cursor)
    return cursors


def _page(store: Store, order: Order, cursor: str | None) -> object:
    request = ProfileRequest(NOW, frozenset({"company", "risk", "contacts"}), contacts=CONTACTS)
    return run_sync(store, page, request=request, first=PAGE, order=order, after=cursor)


def _list(store: Store, listing: Listing) -> Question:
    cursors: list[str | None] = [None]
    while len(cursors) < _PLACES:
        found = _listed(store, listing, PAGE * len(cursors), cursors[-1])
        if not found.more:
            break
        cursors.append(found.cursors[-1])
    return lambda draw: _listed(store, listing, PAGE, draw.choice(cursors))


def _listed(store: Store, listing: Listing, first: int, after: str | None) -> CustomerPage:
    return run_sync(store, customer_page, listing, now=NOW, viewer=None, first=first, after=after)


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


def _measured(asked: Question, calls: int, pid: int | None) -> tuple[Cell, ...]:
    """Percentiles of milliseconds, and the processor milliseconds of a process per call."""
    draw = random.Random(7)
    for _ in range(calls // 5):
        asked(draw)
    worked = 0.0 if pid is None else cpu_seconds(pid)
    took = [_timed(asked, draw) for _ in range(calls)]
    spent: Cell = "" if pid is None else (cpu_seconds(pid) - worked) * 1000 / calls
    return *(float(value) for value in np.percentile(took, PERCENTILES)), spent


def _timed(asked: Question, draw: random.Random) -> float:
    began = time.perf_counter()
    asked(draw)
    return (time.perf_counter() - began) * 1000
