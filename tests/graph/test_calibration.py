"""Calibrations stand until somebody asks for another, or the data have drifted."""

from collections.abc import Iterable

from graph.derive import derive
from graph.parameters import parameters_as_of
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago


def talks(name: str, days: Iterable[float]) -> World:
    """Mails of one pair, back and forth."""
    world = World()
    world.employee("eva")
    world.contact(name, None)
    for number, day in enumerate(days):
        ends = [("Employee", "eva"), ("Contact", name)]
        sender, receiver = ends[number % 2], ends[1 - number % 2]
        world.met(f"{name}-{number}", ago(day), [(*sender, "from"), (*receiver, "to")])
    return world


def test_a_calibration_stands_until_another_is_asked_for(store: Store) -> None:
    talks("bob", range(0, 1600, 40)).load(store)
    first = derive(store, NOW)
    talks("cat", range(0, 1400, 200)).load(store)
    second = derive(store, NOW)
    assert (first.version, second.version) == (1, 1)
    assert second.calibration == first.calibration
    third = derive(store, NOW, recalibrate=True)
    assert (third.version, third.whole) == (2, True)
    assert run_sync(store, parameters_as_of, NOW).calibration == third.calibration


def test_a_measure_that_drifted_makes_the_next_version(store: Store) -> None:
    talks("bob", range(0, 1600, 40)).load(store)
    assert derive(store, NOW).calibration.half_life_days == 40.0
    talks("cat", range(0, 9000, 200)).load(store)
    second = derive(store, NOW)
    assert (second.version, second.calibration.half_life_days) == (2, 200.0)
    assert derive(store, NOW).version == 2


def test_more_of_the_same_keeps_the_version(store: Store) -> None:
    talks("bob", range(0, 1600, 40)).load(store)
    derive(store, NOW)
    talks("cat", range(0, 1600, 40)).load(store)
    second = derive(store, NOW)
    assert (second.version, second.calibration.half_life_days) == (1, 40.0)
