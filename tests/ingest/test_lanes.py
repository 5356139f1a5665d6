"""Batches that are written at once share no node, and an error in one lane ends them all."""

import itertools
import threading
from collections.abc import Iterator

import pytest

from ingest.load.lanes import BATCH, Cell, waves, write_lanes

CELLS = [Cell(0, 1, 2 * BATCH + 1), Cell(1, 2 * BATCH + 2, 2 * BATCH + 9), Cell(2, 20_000, 20_003),
         Cell(3, 30_000, 30_000 + BATCH)]  # fmt: skip


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("writers", [1, 2])
@pytest.mark.parametrize("cells", [CELLS, CELLS[:1], CELLS[1:3], CELLS[3:]])
def test_every_item_is_written_once_and_lanes_share_no_node(
    cells: list[Cell], writers: int, own: bool
) -> None:
    written = []
    for lanes in waves("part", cells, writers, own=own):
        assert len(lanes) <= writers
        written += [item for lane in lanes for first, last in lane for item in range(first, last + 1)]
        assert all(last - first < BATCH for lane in lanes for first, last in lane)
        for one, other in itertools.combinations(lanes, 2):
            assert not _nodes(cells, one, own=own) & _nodes(cells, other, own=own)
    assert sorted(written) == [item for _, first, last in cells for item in range(first, last + 1)]


def _nodes(cells: list[Cell], lane: list[tuple[int, int]], *, own: bool) -> set[tuple[str, int]]:
    """The halves of nodes that a lane touches; starts and ends of one label are the same nodes."""
    touched = {cell.cell for cell in cells for first, _ in lane if cell.first <= first <= cell.last}
    return {("start", cell >> 1) for cell in touched} | {
        ("start" if own else "end", cell & 1) for cell in touched
    }


def test_nodes_are_dealt_out() -> None:
    (lanes,) = waves("node", CELLS[:1], 2, own=False)
    assert lanes == [[(1, BATCH), (2 * BATCH + 1, 2 * BATCH + 1)], [(BATCH + 1, 2 * BATCH)]]


def test_lanes_write_at_once() -> None:
    both = threading.Barrier(2, timeout=60)
    written: list[int] = []

    def write(item: int) -> None:
        both.wait()  # breaks where one lane waits for the other
        written.append(item)

    write_lanes([lambda: iter([1]), lambda: iter([2])], write)
    assert sorted(written) == [1, 2]


def test_an_error_ends_all_lanes() -> None:
    failed = threading.Event()
    written: list[int] = []

    def write(item: int) -> None:
        if item < 0:
            failed.set()
            raise ValueError("refused")
        assert failed.wait(60)
        written.append(item)

    def endless() -> Iterator[int]:
        return itertools.count()

    with pytest.raises(ValueError, match="refused"):
        write_lanes([endless, lambda: iter([-1])], write)
    assert written == sorted(written), "the endless lane has ended, too"


def test_an_error_of_preparing_is_raised() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise KeyError("lost")

    with pytest.raises(KeyError, match="lost"):
        write_lanes([broken], lambda _: None)
