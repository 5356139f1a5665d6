"""The rhythm of purchases against hand-made customers, and against the same rule in plain Python."""

import random
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from statistics import mean, median, stdev

import pytest

from graph.history import read_history
from graph.rhythm import going_quiet, repeat_purchases_due
from graph.rhythm.repeat import beyond_chance, chance_of_evenness, repeat_rhythm
from graph.store import Store
from tests.graph.world import NOW, World, ago

Days = Mapping[tuple[str, str], list[int]]
"""Days before now on which a customer bought a product."""


def company(bought: Days) -> World:
    """Orders of one product each."""
    world = World()
    for customer in sorted({customer for customer, _ in bought}):
        world.customer(customer, created_at=ago(2000))
    for product in sorted({product for _, product in bought}):
        world.node("Product", product, name=product)
    for (customer, product), days in bought.items():
        for day in days:
            order = f"{customer}-{product}-{day}"
            world.node("Order", order, ordered_at=ago(day), kind="sale")
            world.part("PLACED", ("Customer", customer), ("Order", order))
            world.part("CONTAINS", ("Order", order), ("Product", product), line="1", quantity=1)
    return world


def test_a_customer_silent_for_longer_than_ever_goes_quiet(store: Store) -> None:
    bought = {
        ("quiet", "pump"): [300, 270, 240, 205, 180, 150],
        ("steady", "pump"): [300, 240, 180, 120, 60],
        ("gone", "pump"): [900, 870, 840, 810, 780, 750],
        ("new", "pump"): [200, 190],
    }
    company(bought).load(store)
    with read_history(store) as history:
        (found,) = going_quiet(history.connection, NOW)
    assert (found.customer_id, found.silent, found.longest, found.usual, found.days) == (
        "quiet",
        150,
        35,
        30.0,
        6,
    )


def test_a_product_bought_evenly_is_due(store: Store) -> None:
    bought = {
        ("acme", "filter"): [148, 118, 88, 57, 28],
        ("acme", "pump"): [400, 390, 90, 30],
        ("late", "filter"): [300, 270, 240, 210],
        ("daily", "milk"): [6, 5, 4, 3, 2, 1],
    }
    company(bought).load(store)
    with read_history(store) as history:
        (due,) = repeat_purchases_due(history.connection, NOW)
    assert (due.customer_id, due.product_id, due.usual, due.days) == ("acme", "filter", 30.0, 5)
    assert due.due_on.date() == (NOW + timedelta(days=2)).date()


def test_equal_to_the_rule_in_plain_python(store: Store) -> None:
    draw = random.Random(3)
    bought = {
        (f"c{number % 20}", f"p{number % 3}"): sorted(
            draw.sample(range(1, 400), draw.randint(2, 9)), reverse=True
        )
        for number in range(40)
    }
    planted = {("even", f"p{number}"): list(range(25 + number, 350, 30 + number)) for number in range(3)}
    bought |= planted
    company(bought).load(store)
    with read_history(store) as history:
        quiet = {one.customer_id for one in going_quiet(history.connection, NOW)}
        due = {(one.customer_id, one.product_id) for one in repeat_purchases_due(history.connection, NOW)}
    assert quiet == quiet_by_hand(bought)
    assert planted.keys() <= due <= {pair for pair, days in bought.items() if is_due(days)}


def test_even_by_chance_is_not_told() -> None:
    draw = random.Random(7)
    day = NOW - timedelta(days=700)
    by_chance = [[day + timedelta(days=n) for n in draw.sample(range(700), 5)] for _ in range(3000)]
    even = [[day + timedelta(days=30 * n + draw.randint(-2, 2)) for n in range(12)] for _ in range(40)]
    chance, planted = map(repeat_rhythm, by_chance), [repeat_rhythm(one) for one in even]
    found = [*chance, *planted]
    assert sum(one is not None for one in found) > 60  # the spread alone lets chance through
    told = [one for one in beyond_chance(found) if one is not None]
    assert {id(one) for one in planted} <= {id(one) for one in told}
    assert len(told) - len(planted) <= 10  # a tenth of what is told, give or take


@pytest.mark.parametrize("distances", [3, 5, 9])
def test_the_chance_of_evenness_is_that_of_random_days(distances: int) -> None:
    draw = random.Random(distances)
    gaps_of = [[draw.expovariate(1) for _ in range(distances)] for _ in range(20_000)]
    share = mean(stdev(one) / mean(one) <= 0.35 for one in gaps_of)
    assert chance_of_evenness(0.35, distances) == pytest.approx(share, abs=0.01)
    assert chance_of_evenness(0.0, distances) == 0.0


def quiet_by_hand(bought: Days) -> set[str]:
    customers = {customer for customer, _ in bought}
    days = {one: {day for (who, _), own in bought.items() for day in own if who == one} for one in customers}
    return {one for one, own in days.items() if len(own) > 4 and 400 >= min(own) > 1.5 * max(gaps(own))}


def is_due(days: list[int]) -> bool:
    found = gaps(days)
    if len(found) < 3 or stdev(found) / mean(found) > 0.35 or median(found) < 7:
        return False
    left = rounded(median(found)) - min(days)
    return -median(found) < left <= 14


def gaps(days: list[int] | set[int]) -> list[int]:
    ordered = sorted(days, reverse=True)
    return [before - after for before, after in pairwise(ordered)]


def rounded(number: float) -> int:
    """As the database rounds: halves away from zero."""
    return int(number + 0.5)
