"""A segment in plain words: by which columns its customers differ most from the others."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from gnn.segments.find import Found, Matrix

PHRASES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "days_since_order": (("ordered long ago", "久未下单"), ("ordered lately", "近期下单")),
    "orders_365": (("many orders", "订单多"), ("few orders", "订单少")),
    "value_rank": (("high value", "金额高"), ("low value", "金额低")),
    "rhythm_days": (("long intervals", "下单间隔长"), ("short intervals", "下单间隔短")),
    "families_365": (("many product families", "产品族多"), ("few product families", "产品族少")),
    "silent_days": (("long silent", "久未联系"), ("in touch lately", "近期有联系")),
    "contacts": (("many contacts", "联系人多"), ("few contacts", "联系人少")),
    "open_deals": (("many deals in work", "商机多"), ("few deals in work", "商机少")),
    "tickets_90": (("many tickets", "工单多"), ("few tickets", "工单少")),
}
"""Of each column what a segment is called that lies above the others, and below: English and Chinese."""
NAMED, TOLD = 2, 4
LEAST = 0.25
"""Standard deviations from the mean below which a column is not worth a word."""


class Words(NamedTuple):
    """Name and description in English and Chinese."""

    name: str
    name_zh: str
    description: str
    description_zh: str


def words(found: Found, names: Sequence[str], columns: Matrix) -> Words:
    """What the segment is called, after the columns that tell it apart most, with the medians of all."""
    order = sorted(range(len(names)), key=lambda place: -abs(found.centre[place]))
    told = [place for place in order if abs(found.centre[place]) >= LEAST][:TOLD] or order[:1]
    phrases = [PHRASES[names[place]][0 if found.centre[place] > 0 else 1] for place in told]
    members = list(found.members)
    medians = [(_median(columns[members, place]), _median(columns[:, place])) for place in told]
    both = list(zip(phrases, medians, strict=True))
    shown = [f"{en} ({mine:g} against {every:g})" for (en, _), (mine, every) in both]
    shown_zh = [f"{zh}({mine:g},全体{every:g})" for (_, zh), (mine, every) in both]
    return Words(
        ", ".join(en for en, _ in phrases[:NAMED]).capitalize(),
        "、".join(zh for _, zh in phrases[:NAMED]),
        f"Compared by medians: {', '.join(shown)}.",
        f"按中位数比较:{'、'.join(shown_zh)}。",
    )


def _median(column: Matrix) -> float:
    return round(float(np.nanmedian(column)), 2) if np.isfinite(column).any() else 0.0
