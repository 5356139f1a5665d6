"""The parameters of a linkage as they are kept: the columns, how they are compared, and in which blocks."""

import hashlib
from functools import cached_property

import duckdb
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from ingest.resolve.profile import Meaning


class ComparedColumn(BaseModel):
    """A column of the records."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    meaning: Meaning
    filled: float
    """Share of the records that had a value."""


class Level(BaseModel):
    """One way in which two values agree."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sql: str | None
    """Condition over `…_l` and `…_r`; None for the last, which holds otherwise."""
    bits: float
    """Log2 of how much oftener records that are one agree so."""


class ComparedBy(BaseModel):
    """How the values of a prepared column are compared."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str
    """The column of the records."""
    prepared: str
    levels: tuple[Level, ...]
    """The best first."""
    equal_by_chance: float | None
    """Share of different records with equal values, where rare equal values count more than common ones."""


class StandingModel(BaseModel):
    """All parameters; they stand until the next full linkage."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[ComparedColumn, ...]
    split: str | None
    """The column of whole names that is compared by its parts."""
    turned: bool
    """Whether these put the family name first, before a comma."""
    comparisons: tuple[ComparedBy, ...]
    keys: tuple[tuple[str, ...], ...]
    """Blocking keys: SQL over a prepared record."""
    rare: int
    """Records that may share a piece of text by which they are compared."""
    prior: float
    """Bits that every pair begins with."""
    records: int
    """Records that it was trained on."""
    settings: str
    """What the one who linked says that the model depends on."""
    engine: str = duckdb.__version__
    """Blocks are told by its hashes."""

    @cached_property
    def version(self) -> str:
        """The same for the same parameters."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    @property
    def bits(self) -> list[NDArray[np.float64]]:
        """For each comparison the bits by level from the one that differs up; the last, read for -1, is 0."""
        return [np.array([*(level.bits for level in one.levels[::-1]), 0.0]) for one in self.comparisons]
