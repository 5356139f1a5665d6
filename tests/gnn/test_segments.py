"""Segments that are found: those that were put there, the same twice, with words that say what is true."""

from datetime import datetime

import numpy as np
import pytest

from gnn.segments import find_segments, words
from gnn.segments.describe import PHRASES
from gnn.segments.find import Labels, Matrix
from graph.customer_group.standing import found_by_method
from graph.derive.found_segments import FoundSegment, keep_found
from graph.store import Store
from tests.graph.test_tags import carried
from tests.graph.world import NOW, World, ago

NAMES = tuple(PHRASES)


def planted(seed: int = 1, each: int = 40) -> tuple[Matrix, Labels]:
    """Four kinds of customers, 40 each, and which each is; some values missing."""
    draw = np.random.default_rng(seed)
    centres = draw.uniform(1.0, 4.0, (4, len(NAMES)))
    kinds = np.repeat(np.arange(4), each)
    columns = np.expm1(centres[kinds] + draw.normal(0.0, 0.15, (len(kinds), len(NAMES))))
    columns[draw.random(columns.shape) < 0.03] = np.nan
    return columns, kinds


def test_what_was_put_there_is_found_again_and_the_same_twice() -> None:
    columns, kinds = planted()
    found = find_segments(columns)
    assert found == find_segments(columns)
    assert sorted(sorted(one.members) for one in found) == [
        list(map(int, np.flatnonzero(kinds == kind))) for kind in range(4)
    ]
    assert all(one.stability > 0.95 and one.silhouette > 0.4 for one in found)


def test_noise_is_said_to_be_unstable_or_not_apart() -> None:
    noise = np.random.default_rng(2).uniform(0.0, 1.0, (200, len(NAMES)))
    assert all(one.stability < 0.75 or one.silhouette < 0.25 for one in find_segments(noise))


def test_too_few_customers_make_no_segments() -> None:
    assert find_segments(planted(each=5)[0]) == ()
    assert find_segments(np.empty((0, len(NAMES)))) == ()


def test_a_column_without_values_or_spread_tells_nobody_apart() -> None:
    columns, _ = planted()
    columns[:, 0], columns[:, 1] = np.nan, 7.0
    found = find_segments(columns)
    assert all(one.centre[0] == one.centre[1] == 0.0 for one in found)


def test_words_say_what_the_medians_say() -> None:
    columns, _ = planted()
    for one in find_segments(columns):
        told = words(one, NAMES, columns)
        for place, name in enumerate(NAMES):
            mine, every = np.nanmedian(columns[list(one.members), place]), np.nanmedian(columns[:, place])
            for (english, chinese), sign in zip(PHRASES[name], (1, -1), strict=True):
                said = f"{english} ({mine:.2f}".rstrip("0") in told.description
                assert said == (f"{chinese}({mine:.2f}".rstrip("0") in told.description_zh)
                assert not said or sign * (mine - every) > 0


@pytest.mark.query("group.close")
def test_a_segment_found_again_keeps_its_id_and_its_members_their_day(store: Store) -> None:
    world = World()
    for number in range(6):
        world.customer(f"c{number}")
    world.load(store)

    def keep(days: float, *groups: str) -> None:
        given = [segment(frozenset(f"c{one}" for one in group)) for group in groups]
        keep_found(store, given, NAMES, ago(days))

    def live(name: str) -> list[tuple[str, datetime]]:
        return [(row["customer"], row["since"]) for row in carried(store, name) if row["until"] is None]

    keep(3, "012", "345")
    keep(2, "3450", "12")
    assert live("found:1") == [("c1", ago(3)), ("c2", ago(3))]
    assert live("found:2") == [("c0", ago(2)), *((key, ago(3)) for key in ("c3", "c4", "c5"))]
    keep(0, "0")
    assert (live("found:1"), live("found:2"), live("found:3")) == ([], [], [("c0", NOW)])
    assert [one["segment_id"] for one in found_by_method(store, "segment")] == ["found:3"]


def segment(customer_ids: frozenset[str]) -> FoundSegment:
    """A segment of these customers."""
    return FoundSegment("Name", "名", "What", "何", 0.5, 0.9, customer_ids)
