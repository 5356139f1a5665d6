"""What the model says of pairs of records that an index holds."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graph.sql import Sql
from graph.sql.run import execute
from ingest.resolve.standing.index import StandingIndex
from ingest.resolve.standing.model import StandingModel


class Weighed(NamedTuple):
    """Pairs of row numbers, lower first and in order, and what speaks for each."""

    pairs: NDArray[np.int64]
    weight: NDArray[np.float64]
    """Log2 of the odds that the two are one."""
    levels: NDArray[np.int64]
    """How each column agrees, shape (pairs, columns): 0 differs, more is better, -1 where one is missing."""


def weigh(index: StandingIndex, pairs: NDArray[np.int64]) -> Weighed:
    """Weigh pairs of row numbers. Shape (pairs, 2), lower first."""
    index.connection.register("candidate", pd.DataFrame({"one": pairs[:, 0], "other": pairs[:, 1]}))
    found = weigh_candidates(index)
    index.connection.unregister("candidate")
    return found


def weigh_candidates(index: StandingIndex) -> Weighed:
    """Weigh the pairs of the relation `candidate`."""
    model = index.required
    found = execute(index.connection, Sql(_compare(model))).fetchnumpy()
    pairs = np.column_stack([found["one"], found["other"]]).astype(np.int64)
    compared = range(len(model.comparisons))
    levels = np.column_stack([np.asarray(found[f"l{c}"], dtype=np.int64) for c in compared])
    weight = model.prior + np.asarray(found["rarity"], dtype=np.float64)
    for c, bits in enumerate(model.bits):
        weight = weight + bits[levels[:, c]]
    return Weighed(pairs, weight, levels)


def _compare(model: StandingModel) -> str:
    """For each pair of `candidate` the level of each column, -1 for a missing value, and what rarity adds."""
    levels, rarity = list[str](), ["0.0"]
    for c, one in enumerate(model.comparisons):
        n, best = one.prepared, len(one.levels) - 1
        cases = " ".join(f"WHEN {level.sql} THEN {best - at}" for at, level in enumerate(one.levels[:-1]))
        levels.append(f"CASE WHEN {n}_l IS NULL OR {n}_r IS NULL THEN -1 {cases} ELSE 0 END AS l{c}")
        if one.equal_by_chance is not None:
            rarity.append(f"CASE WHEN l{c} = {best} THEN {n}_f_l ELSE 0 END")
    sides = ", ".join(
        f"{side}.{column} AS {column}_{side}" for side in ("l", "r") for column in _read_columns(model)
    )
    return (
        f"WITH paired AS (SELECT c.one, c.other, {sides} FROM candidate c JOIN record l ON l.row = c.one"  # noqa: S608
        f" JOIN record r ON r.row = c.other),"
        f" level AS (SELECT *, {', '.join(levels)} FROM paired)"
        f" SELECT one, other, {', '.join(f'l{c}' for c in range(len(levels)))},"
        f" {' + '.join(rarity)} AS rarity"
        " FROM level ORDER BY one, other"
    )


def _read_columns(model: StandingModel) -> list[str]:
    found = list[str]()
    for one in model.comparisons:
        text = " ".join(level.sql or "" for level in one.levels)
        extra = ("_t", "_n") if f"{one.prepared}_t_l" in text else ()
        rare = ("_f",) if one.equal_by_chance is not None else ()
        found += [f"{one.prepared}{end}" for end in ("", *extra, *rare)]
    return found
