"""Dates and times as the systems write them."""

from datetime import date

import numpy as np

from simulate.config import Ints, Strings


def day_text(start: date, day: Ints) -> Strings:
    """`2024-03-01`."""
    return np.asarray(np.datetime64(start, "D") + day.astype("timedelta64[D]")).astype(str)


def minute_text(start: date, minute: Ints, suffix: str) -> Strings:
    """`2024-03-01T08:12:00` followed by `suffix`, such as `Z` or `.000+0000`; minutes are UTC."""
    stamps = np.asarray(np.datetime64(start, "m") + minute.astype("timedelta64[m]")).astype("datetime64[s]")
    return np.char.add(stamps.astype(str), suffix)
