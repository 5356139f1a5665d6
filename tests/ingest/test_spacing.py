"""Which stamp is now: a lone mistyped year never, a company's last days always."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clock.spacing import LEAST_QUIET_DAYS, Day, newest, quiet_days

START = datetime(2024, 1, 10, tzinfo=UTC)


def day(after: float, records: int = 1, *, event: bool = True) -> Day:
    """A day so many days after the start."""
    moment = START + timedelta(days=after)
    return Day(moment, moment, records, event)


def chosen(days: Sequence[Day], known: datetime | None = None, quiet: float | None = None) -> float:
    """The chosen day, in days after the start."""
    ordered = sorted(days)
    found = newest(ordered, quiet_days(ordered, quiet), known)
    assert found is not None
    return (found.last - START).total_seconds() / 86400


@pytest.mark.parametrize("mistyped", [365, 366, 427, 731, 1000])
@pytest.mark.parametrize("moved", [0, 32, 62])
def test_one_mistyped_year_is_not_now(mistyped: int, moved: int) -> None:
    days = [0, 32, 51, 55, 62]
    days.remove(moved) if moved else days.remove(0)
    assert chosen([*map(day, days), day(moved + mistyped)]) == max(days)


def test_two_of_them_far_apart_are_not_now_either() -> None:
    assert chosen([*map(day, range(0, 60, 5)), day(500), day(900)]) == 55


def test_what_stands_alone_before_a_mistyped_year_is_not_now_either() -> None:
    assert chosen([*map(day, range(39)), day(131), day(365)]) == 38
    assert chosen([*map(day, range(39)), day(130), day(365)]) == 130


def test_start_days_of_a_few_people_are_all_taken() -> None:
    far_apart = [day(after, event=False) for after in (0, 1300, 1310, 2700)]
    assert chosen(far_apart) == 2700
    assert chosen([day(0, event=False), day(610, event=False)]) == 610
    assert chosen([day(0)]) == 0


def test_a_start_day_some_weeks_after_the_last_event_is_taken() -> None:
    assert chosen([*map(day, range(0, 60, 3)), day(110, event=False)]) == 110


def test_a_second_record_nearby_makes_a_stamp_count() -> None:
    dense = [day(after) for after in range(0, 60, 3)]
    assert chosen([*dense, day(400)]) == 57
    assert chosen([*dense, day(400), day(420, event=False)]) == 420
    assert chosen([*dense, day(400, records=2)]) == 400


def test_in_a_large_load_one_record_in_a_thousand_may_be_mistyped() -> None:
    dense = [day(after, records=100) for after in range(60)]
    assert chosen([*dense, day(400, records=5)]) == 59
    assert chosen([*dense, day(400, records=7)]) == 400


def test_rare_events_may_lie_far_apart() -> None:
    assert chosen([day(after) for after in (0, 120, 260, 380, 700)]) == 700


def test_a_small_load_takes_the_quiet_time_of_those_before_it() -> None:
    known = START
    assert newest([day(400)], 92.0, known) is None, "the company's now stays"
    assert newest([day(400)], 92.0, None) == day(400), "nothing else is there to be now"
    assert chosen([day(-3), day(400)], known, quiet=92.0) == -3
    assert chosen([day(-3), day(60)], known, quiet=92.0) == 60


@given(st.lists(st.integers(0, 400), min_size=40, max_size=200, unique=True), st.integers(1, 3), st.data())
def test_a_year_more_on_one_of_many_records_never_moves_now(
    days: list[int], years: int, data: st.DataObject
) -> None:
    """Wherever it stands, unless it lies among the others or within the quiet time after them.

    The last of the others is now where it does not stand alone itself.
    """
    moved = data.draw(st.sampled_from(days))
    rest = [each for each in days if each != moved]
    quiet = quiet_days(sorted(map(day, [*rest, moved + 365 * years])), None)
    assert quiet is not None
    assert quiet >= LEAST_QUIET_DAYS
    found = chosen([*map(day, rest), day(moved + 365 * years)])
    lone = moved + 365 * years
    if lone - max(rest) > quiet:
        assert found != lone
        if max(rest) - sorted(rest)[-2] <= quiet:
            assert found == max(rest)
