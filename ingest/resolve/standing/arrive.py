"""Records that come: prepared as those before them, compared with what shares a block, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graph.sql import fill, name
from graph.sql.run import execute, make
from ingest.resolve.name_parts import parts_of_names
from ingest.resolve.prepare import prepare
from ingest.resolve.profile import Column
from ingest.resolve.standing.blocks import add_blocks, refine_blocks
from ingest.resolve.standing.compare import weigh_candidates
from ingest.resolve.standing.index import LIKELY, StandingIndex
from ingest.resolve.standing.model import StandingModel
from ingest.resolve.tokens import whole_records
from ingest.sql import statement

MOST_IN_BLOCK = 1_000
"""Records of a block beyond which two of it must agree in more; the work grows with their square."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of some records."""

    rows: NDArray[np.int64]
    """Their numbers in the index."""
    compared: int
    """Pairs that were weighed."""


def arrive(
    index: StandingIndex, frame: pd.DataFrame, ids: Sequence[str], most: int = MOST_IN_BLOCK
) -> Arrived:
    """Put these records into the index, with the pairs that may be one.

    frame: the columns that the model was trained on, as text or None; ids: of none that the index holds;
    most: records of a block beyond which two must agree in a further column to be compared.
    """
    model = index.required
    rows = with_split_names(frame, model)
    columns = [Column(one.name, one.meaning, "the model says so") for one in model.columns]
    known = {one.prepared: index.vocabulary(one.prepared) for one in model.comparisons}
    prepared = prepare(rows, columns, known)
    numbers = index.add_records(prepared.table.drop(columns="row"), ids)
    add_blocks(index, numbers, whole_records(rows, columns))
    refine_blocks(index, most)
    make(index.connection, "candidate", statement("standing.candidates", most=most))
    found = weigh_candidates(index)
    for table in ("candidate", "finer_block", "large_block"):
        execute(index.connection, fill("DROP TABLE {t}", t=name(table)))
    near = found.weight > LIKELY
    index.add_pairs(found.pairs[near], found.weight[near], found.levels[near])
    return Arrived(numbers, len(found.pairs))


def forget(index: StandingIndex, ids: Sequence[str]) -> None:
    """Take records out of the index, with their pairs."""
    if ids:
        index.remove(ids)


def with_split_names(frame: pd.DataFrame, model: StandingModel) -> pd.DataFrame:
    """The columns of the model, parts of names included; a column that is not given is empty."""
    given = (
        frame
        if model.split is None
        else pd.concat([frame, parts_of_names(frame[model.split], turned=model.turned)], axis=1)
    )
    return given.reindex(columns=[one.name for one in model.columns]).reset_index(drop=True).astype(object)
