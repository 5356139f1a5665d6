"""The measuring stick of ties, taken from the data at hand."""

import numpy as np
import pandas as pd

HALF_LIFE_BOUNDS = (30.0, 365.0)
HALF_LIFE_WITHOUT_DATA = 90.0
SCALE_WITHOUT_DATA = 2.0
ENOUGH = 30
"""Gaps, or ties, below which the data cannot say and the value without data stands."""


def half_life(meetings: pd.DataFrame) -> float:
    """Days of silence after which a tie weighs half: the 75th percentile of the gaps between contacts.

    meetings: one row per pair and interaction, with `pair` and `day` (whole days). Three of four contacts
    that go on do so within this gap; a higher percentile follows pairs that meet once a year. Bounded to
    30…365 days.
    """
    days = meetings[["pair", "day"]].drop_duplicates().sort_values(["pair", "day"])
    gaps = days.groupby("pair")["day"].diff().dropna()
    if len(gaps) < ENOUGH:
        return HALF_LIFE_WITHOUT_DATA
    return float(np.clip(np.percentile(gaps, 75), *HALF_LIFE_BOUNDS))


def scale(raw: "np.typing.NDArray[np.float64]", active: "np.typing.NDArray[np.bool_]") -> float:
    """The scale by which the median tie in use reads 0.5. raw, active: one entry per pair."""
    used = raw[active & (raw > 0)]
    return float(np.median(used) / np.log(2)) if len(used) >= ENOUGH else SCALE_WITHOUT_DATA
