"""Waiting without days off, against counting day by day."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.days_off import most_off, patient_until

BEGAN = datetime(2019, 1, 1, 15, 30, tzinfo=UTC)
COUNTRIES = {"中国": "CN", "Italy": "IT", "Deutschland": "DE", "JP": "JP", "United Arab Emirates": "AE"}


@cache
def public(code: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(code, years=year))


def is_off(code: str, day: date) -> bool:
    quiet = {
        "IT": day.month == 8 or (day.month == 12 and day.day >= 24),
        "DE": day.month == 12 and day.day >= 24,
        "JP": (day.month == 8 and 11 <= day.day <= 16) or (day.month == 12 and day.day >= 29),
    }
    return quiet.get(code, False) or day in public(code, day.year)


@settings(deadline=None)
@given(name=st.sampled_from(sorted(COUNTRIES)), days=st.integers(0, 2500), patience=st.integers(0, 800))
def test_as_many_days_pass_on_which_somebody_works(name: str, days: int, patience: int) -> None:
    since = BEGAN + timedelta(days=days)
    due = patient_until(since, timedelta(days=patience), name)
    passed = [since.date() + timedelta(days=number) for number in range(1, (due - since).days + 1)]
    assert sum(not is_off(COUNTRIES[name], day) for day in passed) == patience
    assert due.time() == since.time()
    assert due - since - timedelta(days=patience) <= most_off(timedelta(days=patience))


@pytest.mark.parametrize("country", [None, "", "Atlantis"])
def test_every_day_counts_where_the_country_is_not_known(country: str | None) -> None:
    assert patient_until(BEGAN, timedelta(days=200), country) == BEGAN + timedelta(days=200)


def test_a_new_year_of_the_moon_raises_no_alarm() -> None:
    met = datetime(2025, 1, 10, tzinfo=UTC)
    assert patient_until(met, timedelta(days=30), "China") - met >= timedelta(days=35)
