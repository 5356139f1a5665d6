"""Lanes: batches that are written at once, none of which waits for a node that another one holds.

An engine locks the ends of a relationship until the transaction ends. So the relationships of a group are
divided into four cells by the halves of their starts and of their ends, and two lanes write cells that share
neither: first 00 and 11, then 01 and 10. Nodes share nothing and are dealt out in turn.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import NamedTuple, TypeVar

BATCH = 5000
"""Items per transaction."""
AHEAD = 2
"""Batches of a lane that are prepared before it needs them."""

Span = tuple[int, int]
"""The first and last place of a batch in `tables.PENDING`."""
Item = TypeVar("Item")


class Cell(NamedTuple):
    """The places of a cell in `tables.PENDING`."""

    cell: int
    first: int
    last: int

    @property
    def spans(self) -> list[Span]:
        """Its batches."""
        starts = range(self.first, self.last + 1, BATCH)
        return [(start, min(start + BATCH - 1, self.last)) for start in starts]


def waves(kind: str, cells: list[Cell], writers: int, *, own: bool) -> Iterator[list[list[Span]]]:
    """What is written one after the other, each as the batches of every lane.

    writers: 1 or 2. own: starts and ends have one label, so that cells 01 and 10 share their nodes.
    """
    spans = {cell.cell: cell.spans for cell in cells}
    if writers == 1:
        yield [[span for cell in cells for span in cell.spans]]
    elif kind == "node":
        every = spans[0]
        yield _filled(every[::2], every[1::2])
    else:
        yield _filled(spans.get(0b00, []), spans.get(0b11, []))
        others = spans.get(0b01, []), spans.get(0b10, [])
        yield from (_filled(lane) for lane in others) if own else (_filled(*others),)


def _filled(*lanes: list[Span]) -> list[list[Span]]:
    return [lane for lane in lanes if lane]


def write_lanes(lanes: list[Callable[[], Iterator[Item]]], write: Callable[[Item], None]) -> None:
    """Write all batches of all lanes at once, each lane in order; the first error of one is raised."""

    def run(lane: Callable[[], Iterator[Item]]) -> None:
        for item in ahead(lane):
            if stop.is_set():
                return
            write(item)

    stop = threading.Event()
    with ThreadPoolExecutor(max(len(lanes), 1), "ingest-write") as pool:
        running = [pool.submit(run, lane) for lane in lanes]
        try:
            wait(running, return_when=FIRST_EXCEPTION)
        finally:
            stop.set()  # what another lane has begun is finished, what it has prepared is not written
    for done in running:
        done.result()


def ahead(make: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    """The items of `make`, prepared by another thread; its error is raised here."""
    ready: queue.Queue[tuple[Item] | BaseException | None] = queue.Queue(AHEAD)
    stop = threading.Event()

    def offer(item: tuple[Item] | BaseException | None) -> bool:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.5)
            except queue.Full:
                continue
            return True
        return False

    def prepare() -> None:
        try:
            for item in make():
                if not offer((item,)):
                    return
            offer(None)
        except BaseException as error:  # noqa: BLE001 - raised by the reader, whatever it is
            offer(error)

    thread = threading.Thread(target=prepare, name="ingest-prepare", daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item[0]
    finally:
        stop.set()
        thread.join()
