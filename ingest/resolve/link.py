"""Records to clusters: profile, candidates, evidence, prior, clusters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.resolve.alignment import aligned
from ingest.resolve.bags import Bags
from ingest.resolve.cluster import average_link
from ingest.resolve.company import names_alike
from ingest.resolve.config import ResolveConfig
from ingest.resolve.dates import read_dates
from ingest.resolve.name_parts import with_parts_of_names
from ingest.resolve.nearest import nearest_pairs
from ingest.resolve.offers import BITS, alike, value_alike
from ingest.resolve.one_to_one import free_of_duplicates
from ingest.resolve.prepare import Prepared, prepare
from ingest.resolve.probability import Scored, bits_of_levels, scored
from ingest.resolve.profile import COMPARED, Column, Meaning, profile
from ingest.resolve.records import Records
from ingest.resolve.refine import refined
from ingest.resolve.tokens import tfidf, whole_records

STRUCTURED: frozenset[Meaning] = frozenset(
    {
        "given_name",
        "surname",
        "person_name",
        "date",
        "phone",
        "email",
        "website",
        "street",
        "postcode",
        "code",
    }
)
"""Columns that give independent evidence, from which a model can be trained."""
NEAREST, LEAST_ALIKE = 5, 0.2
"""Records that are candidates for each record because the pieces of all their texts are the most alike."""
MOST_COMMON = 0.05
"""Share of records beyond which a piece of a text tells nothing."""
LEAST_TRAINED = 100
"""Records from which a model is trained."""
OFFERS_ALIKE, NAMES_ALIKE = 0.66, 0.84
"""Likeness of titles, and of companies' names, at which two are as likely one as two."""
OTHER_BIRTH, LIFETIME = 0.25, 25.0
"""Matches of which the day of birth differs wholly, at most, and the years from which dates are births."""
MOST_DIFFERENT: Mapping[Meaning, float] = {"phone": 0.7, "email": 0.7, "code": 0.7}
"""Matches that may differ in what nobody shares: else those that are learned are of another sort."""
ONCE = 2.5
"""Bits that speak for a pair where every source names a thing once: its rivals are ruled out."""
CUT = -3.0
"""Bits by which clusters are cut below even odds: average linkage already discounts single doubtful pairs."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The cluster of each record, and by what it was found."""

    cluster: NDArray[np.int64]
    columns: tuple[Column, ...]
    method: str
    pairs: NDArray[np.int64]
    weight: NDArray[np.float64]
    """Log2 of the odds that the two records of a pair are one."""
    evidence: Mapping[str, NDArray[np.float64]]
    """By column, what its comparison adds to the weight of each pair; what is missing in the sum is how rare
    equal values and matches are."""
    fitted: "Fitted | None" = None
    """The model, where one was trained."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A trained model, and the records that it was trained on."""

    prepared: Prepared
    scored: Scored
    shares: tuple[NDArray[np.float64], ...]
    """For each column of `scored`, how many of the matches have each level."""
    prior: float
    """Log2 of the odds by which every pair's weight is moved."""
    pieces: Bags
    """For each record the pieces of all its texts."""


Weighed = tuple[NDArray[np.int64], NDArray[np.float64], Mapping[str, NDArray[np.float64]], str, Fitted | None]
"""Pairs, their weights, the evidence of each column, the method, and the model."""


def link(records: Records, config: ResolveConfig, connection: duckdb.DuckDBPyConnection) -> Linked:
    """Find the records that mean the same; equal input and settings give equal clusters."""
    records = aligned(records, config.columns)
    columns = profile(records.rows, config.columns)
    rows, columns = with_parts_of_names(records.rows, columns)
    compared = [column for column in columns if column.meaning in COMPARED]
    if len(records.rows) < 2 or not compared:
        return _alone(len(records.rows), columns)
    source = _source(records, columns)
    pairs, weight, evidence, method, fitted = _weighed(rows, compared, source, config.seed, connection)
    if config.threshold is not None:
        weight = weight - np.log2(config.threshold / (1 - config.threshold))
    cluster = _clustered(len(records.rows), pairs, weight, source, config.one_to_one)
    return Linked(cluster, tuple(columns), method, pairs, weight, evidence, fitted)


def _source(records: Records, columns: Sequence[Column]) -> NDArray[np.int64] | None:
    """The number of each record's source: its file, or what a column says; None where there is only one."""
    said = next((column.name for column in columns if column.meaning == "source"), None)
    if said is not None and records.file.max() == 0:
        return np.asarray(pd.factorize(records.rows[said].fillna(""))[0], dtype=np.int64)
    return records.file.to_numpy(dtype=np.int64) if records.file.max() > 0 else None


def _weighed(
    rows: pd.DataFrame,
    columns: list[Column],
    source: NDArray[np.int64] | None,
    seed: int,
    connection: duckdb.DuckDBPyConnection,
) -> Weighed:
    told = sum(column.meaning in STRUCTURED for column in columns)
    hinted = sum(column.meaning in ("word", "place", "year") for column in columns)
    if len(rows) >= LEAST_TRAINED and (told >= 2 or (told + hinted >= 3 and not _titled(columns))):
        return _by_model(rows, columns, seed, connection)
    return _by_text(rows, columns, source)


def _clustered(
    records: int,
    pairs: NDArray[np.int64],
    weight: NDArray[np.float64],
    source: NDArray[np.int64] | None,
    one_to_one: bool | None,
) -> NDArray[np.int64]:
    if source is None or one_to_one is False:
        return average_link(records, pairs, weight)
    size = int(source.max()) + 1
    once = np.ones(size, dtype=bool) if one_to_one else free_of_duplicates(pairs, weight, source)
    if once.all():
        weight = weight + ONCE
    return average_link(records, pairs, weight, np.where(once[source], source, -1))


def _alone(records: int, columns: Sequence[Column]) -> Linked:
    nothing = np.empty((0, 2), dtype=np.int64)
    return Linked(np.arange(records), tuple(columns), "nothing to compare", nothing, np.empty(0), {})


def _titled(columns: Sequence[Column]) -> bool:
    """Whether one text says what a record is."""
    return any(column.meaning in ("title", "company_name") for column in columns)


def _by_model(
    rows: pd.DataFrame, columns: list[Column], seed: int, connection: duckdb.DuckDBPyConnection
) -> Weighed:
    pieces = whole_records(rows, columns)
    near = nearest_pairs(tfidf(pieces, MOST_COMMON), NEAREST, LEAST_ALIKE)
    prepared = prepare(rows, columns)
    found = scored(prepared, near, connection, seed)
    bounds = {prepared.names[column.name]: _most_different(rows, column) for column in columns}
    most = [bounds.get(name, 1.0) for name in found.columns]
    made = refined(len(rows), found.pairs, found.weight, found.levels, found.shares, most)
    bits = bits_of_levels(made.shares, found.others)
    by_column = {name: bits[c][found.levels[:, c]] for c, name in enumerate(found.columns)}
    evidence = {name: by_column[of] for name, of in prepared.names.items() if of in by_column}
    fitted = Fitted(prepared, found, made.shares, made.prior - CUT, pieces)
    return found.pairs, made.weight - CUT, evidence, "splink", fitted


def _most_different(rows: pd.DataFrame, column: Column) -> float:
    """How many matches may have different values in a column: of days of birth few."""
    if column.meaning != "date":
        return MOST_DIFFERENT.get(column.meaning, 1.0)
    years = read_dates(rows[column.name].dropna()).dropna().str[:4].astype(int)
    span = float(years.quantile(0.95) - years.quantile(0.05)) if len(years) else 0.0
    return OTHER_BIRTH if span >= LIFETIME else 1.0


def _by_text(rows: pd.DataFrame, columns: list[Column], source: NDArray[np.int64] | None) -> Weighed:
    pairs, likeness = alike(rows, columns, source)
    names = [column for column in columns if column.meaning in ("company_name", "title")]
    if len(names) == 1 and names[0].meaning == "company_name":
        bits = {names[0].name: BITS * (names_alike(list(rows[names[0].name]), pairs) - NAMES_ALIKE)}
        for column in columns:
            if column.name != names[0].name:
                bits[column.name] = BITS * value_alike(rows[column.name], column, pairs)
        return pairs, np.sum(list(bits.values()), axis=0), bits, "names", None
    weight = BITS * (likeness - OFFERS_ALIKE)
    return pairs, weight, {names[0].name: weight} if names else {}, "titles", None
