"""The standing model and index of a full linkage."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.resolve.link import Fitted, Linked
from ingest.resolve.name_parts import PARTS, turned
from ingest.resolve.probability import bits_of_levels
from ingest.resolve.profile import COMPARED
from ingest.resolve.standing.blocks import add_blocks
from ingest.resolve.standing.index import LIKELY, StandingIndex
from ingest.resolve.standing.model import ComparedBy, ComparedColumn, Level, StandingModel
from ingest.resolve.tokens import Vocabulary

PAIRS_PER_RECORD = 10
"""Pairs, in the mean, that a record makes by what is rare in its texts."""


def stand(
    index: StandingIndex, rows: pd.DataFrame, ids: Sequence[str], linked: Linked, settings: str
) -> StandingModel | None:
    """Keep what a full linkage of these rows learned and found; None where no model was trained.

    The index holds nothing else afterwards. rows: as they were given to the linkage.
    """
    index.clear()
    fitted = linked.fitted
    if fitted is None:
        return None
    rarity = dict(zip(fitted.pieces.tokens, fitted.pieces.frequency().tolist(), strict=True))
    model = _model(rows, linked, fitted, settings, rare_enough(rarity, len(rows)))
    index.keep_model(model)
    for column, known in fitted.prepared.vocabularies.items():
        index.keep_vocabulary(column, known)
    index.keep_vocabulary("", Vocabulary(len(rows), rarity))
    index.keep_frequencies(fitted.prepared.table)
    numbers = index.add_records(fitted.prepared.table.drop(columns="row"), ids)
    add_blocks(index, numbers, fitted.pieces)
    near = linked.weight > LIKELY
    index.add_pairs(numbers[linked.pairs[near]], linked.weight[near], fitted.scored.levels[near])
    return model


def rare_enough(frequency: Mapping[str, int], records: int) -> int:
    """The largest number of records that may share a piece for the pairs to stay within the budget."""
    counts = np.sort(np.fromiter(frequency.values(), dtype=np.int64, count=len(frequency)))
    pairs = np.cumsum(counts * (counts - 1) // 2)
    within = counts[pairs <= PAIRS_PER_RECORD * records]
    return int(within[-1]) if len(within) else 1


def _model(rows: pd.DataFrame, linked: Linked, fitted: Fitted, settings: str, rare: int) -> StandingModel:
    names = {prepared: name for name, prepared in fitted.prepared.names.items()}
    columns = [
        ComparedColumn(name=one.name, meaning=one.meaning, filled=_filled(rows, one.name))
        for one in linked.columns
        if one.meaning in COMPARED
    ]
    bits = bits_of_levels(fitted.shares, fitted.scored.others)
    described = zip(fitted.scored.columns, fitted.scored.comparisons, bits, fitted.scored.others, strict=True)
    split = next((one.name.removesuffix(PARTS[0]) for one in columns if one.name.endswith(PARTS[0])), None)
    return StandingModel(
        columns=tuple(columns), split=split if split in rows.columns else None,
        turned=split in rows.columns and turned(rows[split]),
        comparisons=tuple(
            ComparedBy(
                column=names[prepared], prepared=prepared, levels=_levels(said, of_level),
                equal_by_chance=float(others[-1]) if _counts_rarity(said) else None,
            )
            for prepared, said, of_level, others in described
        ),
        keys=tuple(key.parts for key in fitted.scored.blocking), rare=rare, prior=fitted.prior,
        records=len(rows), settings=settings,
    )  # fmt: skip


def _filled(rows: pd.DataFrame, column: str) -> float:
    return float(rows[column].notna().mean()) if column in rows.columns else 1.0


def _levels(said: dict[str, Any], of_level: NDArray[np.float64]) -> tuple[Level, ...]:
    found = [level for level in said["comparison_levels"] if not level.get("is_null_level")]
    conditions = [None if level["sql_condition"] == "ELSE" else level["sql_condition"] for level in found]
    bits = of_level[:-1][::-1].tolist()
    return tuple(Level(sql=sql, bits=worth) for sql, worth in zip(conditions, bits, strict=True))


def _counts_rarity(said: dict[str, Any]) -> bool:
    return any(level.get("tf_adjustment_column") for level in said["comparison_levels"])
