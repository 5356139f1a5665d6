"""Ties set-wise: equal to those folded in data frames, for all people or some, in whatever order."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from graph.sql import Sql
from graph.tie import fold
from graph.tie.model import Calibration, Participation, PersonKind, Tie
from tests.graph.small_history import as_of, measured, same, ties_set_wise

NOW = datetime(2025, 6, 30, tzinfo=UTC)
PARTS = ("from", "to", "to", "cc", "organizer", "attendee", None)
CHANNELS = ("email", "email", "meeting", "call", "web", "other", "fax")


def random_rows(seed: int, interactions: int = 150) -> list[Participation]:
    """Interactions of a few people and of crowds, in all channels, with every kind of part."""
    random = Random(seed)
    people = [f"e{i}" for i in range(4)] + [f"c{i}" for i in range(30)]
    rows = []
    for key in range(interactions):
        at = NOW - timedelta(days=random.random() * 500 - 20)
        channel = random.choice(CHANNELS)
        for person in random.sample(people, random.choice((1, 2, 2, 3, 6, 25, 27))):
            kind: PersonKind = "Employee" if person[0] == "e" else "Contact"
            rows.append(Participation(f"m{key}", at, channel, kind, person, random.choice(PARTS)))
    return rows


def folded(rows: list[Participation], measure: Calibration) -> dict[tuple[str, str], Tie]:
    """The ties at NOW, in data frames."""
    past = [row for row in rows if row.at <= NOW]
    ties = fold.ties(fold.pairs(fold.frame(past)), NOW, measure)
    return {(tie.start_id, tie.end_id): tie for tie in ties}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("measure", [Calibration(90.0, 1.0, 1.0), Calibration(40.0, 0.4, 0.7)])
def test_as_folded_in_data_frames(seed: int, measure: Calibration) -> None:
    rows = random_rows(seed)
    expected, found = folded(rows, measure), ties_set_wise(rows, NOW, measure)
    assert found.keys() == expected.keys()
    for pair, tie in expected.items():
        assert same(found[pair], tie)
        assert as_of(found[pair], NOW, measure) == pytest.approx(tie.raw, rel=1e-6)


def test_interactions_are_counted_by_channel() -> None:
    measure = Calibration(90.0, 1.0)
    for row in ties_set_wise(random_rows(1), NOW, measure).values():
        assert sum(int(channel.partition(":")[2]) for channel in row["channels"]) == row["interactions"]


@pytest.mark.slow
def test_the_same_to_the_last_digit_for_some_people_and_in_another_order() -> None:
    rows, measure = random_rows(7), Calibration(60.0, 0.5, 0.8)
    whole = ties_set_wise(rows, NOW, measure)
    Random(3).shuffle(rows)
    three = Sql("SELECT label, id FROM tie_people WHERE id IN ('e1', 'c3', 'c5')")
    some = ties_set_wise(rows, NOW, measure, three)
    assert set(some) == {pair for pair in whole if set(pair) <= {"e1", "c3", "c5"}}
    assert all(row == whole[pair] for pair, row in some.items())


@pytest.mark.slow
def test_a_tie_is_stated_alike_until_somebody_meets_again() -> None:
    rows, measure = [r for r in random_rows(5) if r.at <= NOW], Calibration(90.0, 0.5)
    later = ties_set_wise(rows, NOW + timedelta(days=200), measure)
    assert later
    assert later.items() <= ties_set_wise(rows, NOW, measure).items()


def test_an_empty_history_has_no_ties() -> None:
    assert ties_set_wise([], NOW, Calibration(90.0, 1.0)) == {}
    assert measured([], NOW) == Calibration(90.0, 2.0, 1.0)
