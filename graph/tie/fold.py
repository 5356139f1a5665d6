"""From who took part in what to ties: set-wise, in data frames."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from graph.tie.model import Calibration, Participation, PersonKind, Tie
from graph.tie.strength import (
    CHANNEL_WEIGHT,
    CO_RECIPIENT,
    COPIED,
    DAY_SECONDS,
    EVIDENCE,
    FAINTEST,
    FLOOR,
    LARGEST_GROUP,
    ONE_SIDED,
    strength,
)

RECEIVED = ("to", "cc")


def frame(participations: Iterable[Participation]) -> pd.DataFrame:
    """Participations as a frame, each person once per interaction (as sender, if a sender)."""
    table = pd.DataFrame(list(participations), columns=list(Participation._fields))
    table["person"] = table["kind"].map({"Employee": "0", "Contact": "1"}) + table["person_id"]
    table["at"] = pd.to_datetime(table["at"], utc=True)
    table["part"] = table["part"].fillna("attendee").astype(str)
    table["order"] = table["part"].map({"from": 0, "organizer": 0, "to": 1, "attendee": 1}).fillna(2)
    table = table.sort_values(["interaction_id", "person", "order"])
    return table.drop_duplicates(["interaction_id", "person"])


def pairs(table: pd.DataFrame) -> pd.DataFrame:
    """Every pair of people in one interaction, with the undecayed weight and its direction.

    Columns: start, end (typed persons, start < end), interaction_id, at, weight, forth, back, direct.
    Groups above `LARGEST_GROUP` are left out.
    """
    size = table.groupby("interaction_id")["person"].transform("size")
    kept = table[(size >= 2) & (size <= LARGEST_GROUP)].assign(size=size)
    right = kept[["interaction_id", "person", "part"]]
    both = kept.merge(right, on="interaction_id", suffixes=("", "_other"))
    both = both[both["person"] < both["person_other"]]
    weight = both["channel"].map(CHANNEL_WEIGHT).astype("float64").fillna(CHANNEL_WEIGHT["other"]) / (
        both["size"] - 1
    )
    forth, back = _sent(both["part"], both["part_other"]), _sent(both["part_other"], both["part"])
    received = both["part"].isin(RECEIVED) & both["part_other"].isin(RECEIVED)
    mutual = np.where(received, CO_RECIPIENT, np.where(forth + back > 0, 0.0, 1.0))
    both = both.assign(mutual=mutual * weight, forth=forth * weight, back=back * weight)
    named = both.rename(columns={"person": "start", "person_other": "end"})
    columns = ["start", "end", "interaction_id", "at", "mutual", "forth", "back", "direct"]
    return named.assign(direct=~received & (weight > 0))[columns]


def _sent(part: pd.Series, other: pd.Series) -> pd.Series:
    """1 where the first sent to the second, less where the second was only copied in, else 0."""
    reached = other.map({"to": 1.0, "cc": COPIED}).astype("float64").fillna(0.0)
    return (part == "from").astype("float64") * reached


def weight_of_pairs(met: pd.DataFrame, now: datetime, half_life_days: float) -> pd.DataFrame:
    """One row per pair: weight at `now`, first and last contact, count, ever directly."""
    age = (pd.Timestamp(now) - met["at"]).dt.total_seconds() / DAY_SECONDS
    fade = np.exp2(-age / half_life_days)
    faded = met.assign(**{name: met[name] * fade for name in ("mutual", "forth", "back")})
    grouped = faded.groupby(["start", "end"], sort=True)
    summed = grouped[["mutual", "forth", "back"]].sum()
    one_sided = ONE_SIDED * (summed["forth"] + summed["back"])
    answered = (1.0 - ONE_SIDED) * 2.0 * summed[["forth", "back"]].min(axis=1)
    return pd.DataFrame(
        {
            "weight": summed["mutual"] + one_sided + answered,
            "first_at": grouped["at"].min(),
            "last_at": grouped["at"].max(),
            "interactions": grouped.size(),
            "direct": grouped["direct"].any(),
        }
    )


def ties(met: pd.DataFrame, now: datetime, calibration: Calibration) -> Iterator[Tie]:
    """The ties of all pairs at `now`, without the faintest, ordered by their people."""
    folded = weight_of_pairs(met, now, calibration.half_life_days)
    folded["raw"] = FLOOR * (folded["weight"] / FLOOR) ** calibration.shape
    folded["strength"] = -np.expm1(-folded["raw"] / calibration.scale)
    folded = folded[folded["strength"] >= FAINTEST]
    evidence = _newest(met)
    for pair, row in zip(folded.index.tolist(), folded.to_dict("records"), strict=True):
        yield _tie(pair, row, evidence[pair], calibration)


def _tie(
    pair: tuple[str, str], row: dict[Any, Any], evidence: tuple[str, ...], calibration: Calibration
) -> Tie:
    start, end = pair
    return Tie(
        start_kind=_kind(start),
        start_id=start[1:],
        end_kind=_kind(end),
        end_id=end[1:],
        raw=row["raw"],
        strength=strength(row["raw"], calibration.scale),
        first_at=row["first_at"].to_pydatetime(),
        last_at=row["last_at"].to_pydatetime(),
        interactions=row["interactions"],
        evidence=evidence,
    )


def _newest(met: pd.DataFrame) -> dict[tuple[str, str], tuple[str, ...]]:
    """The newest typed interaction ids per pair, newest first."""
    ordered = met.sort_values(["at", "interaction_id"], ascending=[False, True], kind="stable")
    newest = ordered[ordered.groupby(["start", "end"]).cumcount() < EVIDENCE]
    ids: dict[tuple[str, str], list[str]] = {}
    for start, end, interaction in newest[["start", "end", "interaction_id"]].itertuples(index=False):
        ids.setdefault((start, end), []).append(f"Interaction:{interaction}")
    return {pair: tuple(found) for pair, found in ids.items()}


def _kind(person: str) -> PersonKind:
    return "Employee" if person[0] == "0" else "Contact"
