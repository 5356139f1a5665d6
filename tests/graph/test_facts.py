"""The identity of a fact, and whether it is true as of a moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.as_of import is_true
from graph.facts import fact_id

DAY = datetime(2024, 1, 1, tzinfo=UTC)
PARTS = ("OWNS", "e1", "c1", "crm", "k1", DAY)


@dataclass(frozen=True)
class Clocks:
    valid_from: datetime
    valid_to: datetime | None = None
    known_from: datetime | None = None
    known_to: datetime | None = None


def test_an_id_is_the_same_for_ever() -> None:
    assert fact_id(*PARTS) == "79577a4074dc52b06e4b989d1efe5816"
    assert len(fact_id(*PARTS)) == 32


WEST = timezone(timedelta(hours=-5))
TEXTS = st.tuples(*[st.text(max_size=4)] * 5)


@pytest.mark.parametrize(
    "same", [DAY.replace(tzinfo=None), "2024-01-01", "2024-01-01T08:00:00+08:00", DAY.astimezone(WEST)]
)
def test_the_moment_counts_not_its_spelling(same: datetime | str) -> None:
    assert fact_id(*PARTS[:5], same) == fact_id(*PARTS)


@given(TEXTS, TEXTS)
def test_other_parts_other_id(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (fact_id(*one, DAY) == fact_id(*other, DAY)) == (one == other)  # type: ignore[call-arg] # five texts


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        fact_id(*PARTS[:5], "yesterday")


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Clocks(DAY), True),
        (Clocks(DAY + timedelta(seconds=1)), False),
        (Clocks(DAY - timedelta(days=9), DAY), False),
        (Clocks(DAY - timedelta(days=9), DAY + timedelta(seconds=1)), True),
        (Clocks(DAY - timedelta(days=9), known_from=DAY), True),
        (Clocks(DAY - timedelta(days=9), known_from=DAY + timedelta(days=1)), False),
        (Clocks(DAY - timedelta(days=9), known_to=DAY), False),
        (Clocks(DAY - timedelta(days=9), known_to=DAY + timedelta(days=1)), True),
    ],
)
def test_as_of_wants_both_clocks(fact: Clocks, expected: bool) -> None:
    assert is_true(fact, DAY) is expected
