"""From which moment on the trail is asked."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from graph.errors import UsageError
from relgraph.moment import beginning, moment

DAY = "2026-03-05"


def test_a_day_is_told_whole() -> None:
    """As a beginning it is its first moment, as an end its last second."""
    assert beginning(DAY) == datetime(2026, 3, 5, tzinfo=UTC)
    assert moment(DAY) == datetime(2026, 3, 5, 23, 59, 59, tzinfo=UTC)


def test_a_moment_is_that_moment() -> None:
    east = datetime(2026, 3, 5, 9, tzinfo=timezone(timedelta(hours=8)))
    assert beginning(east.isoformat()) == moment(east.isoformat()) == east


def test_what_is_no_date_is_told_with_its_option() -> None:
    with pytest.raises(UsageError, match="--since 'yesterday' is no date"):
        beginning("yesterday")
