"""Blocks: what two records must have in common to be compared at all."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graph.sql import bind, fill, listed, name
from graph.sql.run import make
from ingest.resolve.bags import Bags
from ingest.resolve.standing.index import StandingIndex
from ingest.resolve.standing.model import StandingModel
from ingest.resolve.tokens import Vocabulary, token_hash
from ingest.sql import statement

RARE = -1
"""The rule of rare pieces; others are numbers of `StandingModel.keys`."""


def add_blocks(index: StandingIndex, rows: NDArray[np.int64], pieces: Bags) -> None:
    """Blocks of records that the index holds. rows: their numbers, rising. pieces: of all texts of each.

    They stand in `arrived_block` as well until others come.
    """
    model = index.required
    rare = rare_pieces(model, index.vocabulary(""), rows, pieces)
    index.connection.register("rare", rare)
    keys = [_of_key(rule, parts) for rule, parts in enumerate(model.keys)]
    every = " UNION ALL ".join([*keys, f"SELECT {RARE}, hash::UBIGINT, row FROM rare"])  # noqa: S608 - a number
    index.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE arrived_block AS {every}", {"first": int(rows[0]) if len(rows) else 0}
    )
    index.connection.unregister("rare")
    index.connection.execute("INSERT INTO block SELECT rule, hash, row FROM arrived_block")


def refine_blocks(index: StandingIndex, most: int) -> None:
    """Make `finer_block`: the blocks of more than `most` records, apart by each column that is compared.

    Only blocks in which records have just come. `arrived`: whether the record is one of them.
    """
    make(index.connection, "large_block", statement("standing.large_blocks", most=most))
    finer = [
        fill(
            "SELECT hash(b.rule, b.hash, {n}, r.{c}) AS hash, b.row, b.arrived"
            " FROM large_block b JOIN record r USING (row) WHERE r.{c} IS NOT NULL",
            n=bind(number), c=name(one.prepared),
        )
        for number, one in enumerate(index.required.comparisons)
    ]  # fmt: skip
    make(index.connection, "finer_block", listed(finer, " UNION ALL "))


def _of_key(rule: int, parts: Sequence[str]) -> str:
    filled = " AND ".join(f"({part}) IS NOT NULL" for part in parts)
    return (
        f"SELECT {rule} AS rule, hash({', '.join(parts)}) AS hash, row FROM record"  # noqa: S608 - made by blocking
        f" WHERE row >= $first AND {filled}"
    )


def rare_pieces(
    model: StandingModel, known: Vocabulary, rows: NDArray[np.int64], pieces: Bags
) -> pd.DataFrame:
    """A row per record and piece that few records have."""
    rare = np.flatnonzero([known.frequency.get(piece, 0) <= model.rare for piece in pieces.tokens])
    hashes = np.array([token_hash(pieces.tokens[piece]) for piece in rare], dtype=np.int64)
    held = pieces.held[:, rare].tocoo()
    return pd.DataFrame({"row": rows[held.row], "hash": hashes[held.col]})
