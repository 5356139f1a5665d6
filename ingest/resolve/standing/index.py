"""The index: a DuckDB file with the records that were seen, their blocks, and the pairs that may be one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graph.duckdb_limits import DuckDbLimits
from graph.private import close_files, private_folder
from graph.sql import bind, fill, name
from graph.sql.run import execute
from ingest.resolve.cluster import AGAINST
from ingest.resolve.errors import IndexUnusable
from ingest.resolve.standing.model import StandingModel
from ingest.resolve.tokens import Vocabulary
from ingest.sql import statement

LIKELY = AGAINST
"""Bits above which a pair is kept: what is below says no more about a cluster."""
TABLES = ("model", "untrained", "vocabulary", "frequency", "record", "block", "pair", "seen")


class StandingIndex:
    """An open index; what is written is kept when `open_index` ends without an error."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        connection.execute("SET enable_progress_bar = false")

    @property
    def model(self) -> StandingModel | None:
        """The model that stands; None where none does, or one that does not say what the index has given."""
        if not self._has("model", "given"):
            return None
        ((text,),) = self.connection.execute("SELECT parameters FROM model").fetchall()
        return StandingModel.model_validate_json(text)

    def _has(self, table: str, column: str) -> bool:
        query = "SELECT 1 FROM duckdb_columns() WHERE table_name = ? AND column_name = ?"
        return bool(self.connection.execute(query, [table, column]).fetchall())

    @property
    def untrained(self) -> str | None:
        """The settings under which no model could be trained of what was seen; None where one stands."""
        if not self._has("untrained", "settings"):
            return None
        ((settings,),) = self.connection.execute("SELECT settings FROM untrained").fetchall()
        return str(settings)

    def keep_untrained(self, settings: str) -> None:
        """No model could be trained. The index must be clear."""
        self.connection.execute("CREATE TABLE untrained AS SELECT $s AS settings", {"s": settings})

    @property
    def given(self) -> int:
        """How many records it has ever taken in."""
        ((given,),) = self.connection.execute("SELECT given FROM model").fetchall()
        return int(given)

    def clear(self) -> None:
        """Forget everything."""
        for table in TABLES:
            execute(self.connection, fill("DROP TABLE IF EXISTS {t}", t=name(table)))

    def keep_model(self, model: StandingModel) -> None:
        """Make room for what belongs to a model. The index must be clear."""
        self.connection.execute("CREATE TABLE model AS SELECT $text AS parameters, 0::BIGINT AS given", {
            "text": model.model_dump_json()
        })  # fmt: skip
        self.connection.execute(
            "CREATE TABLE vocabulary (of_column TEXT, records BIGINT, token TEXT, count BIGINT)"
        )
        self.connection.execute("CREATE TABLE frequency (of_column TEXT, value TEXT, count BIGINT)")
        self.connection.execute("CREATE TABLE block (rule INTEGER, hash UBIGINT, row BIGINT)")
        self.connection.execute(
            "CREATE TABLE pair (one BIGINT, other BIGINT, weight DOUBLE, levels BIGINT[])"
        )

    def keep_vocabulary(self, column: str, known: Vocabulary) -> None:
        """How rare the tokens of a prepared column are; `""` names the pieces of whole records."""
        tokens = pd.DataFrame({"token": list(known.frequency), "count": list(known.frequency.values())})
        self._from(
            tokens, "INSERT INTO vocabulary SELECT $c, $n, token, count FROM given", c=column, n=known.records
        )

    def vocabulary(self, column: str) -> Vocabulary:
        """What `keep_vocabulary` kept."""
        query = "SELECT token, count, records FROM vocabulary WHERE of_column = ?"
        found = self.connection.execute(query, [column]).fetchall()
        return Vocabulary(found[0][2] if found else 0, {token: count for token, count, _ in found})

    def keep_frequencies(self, prepared: pd.DataFrame) -> None:
        """How many records have each value of the columns where rare equal values count more."""
        model = self.required
        self.connection.register("given", prepared)
        for one in model.comparisons:
            if one.equal_by_chance is not None:
                execute(self.connection, fill(
                    "INSERT INTO frequency SELECT {n}, {c}::TEXT, count(*) FROM given"
                    " WHERE {c} IS NOT NULL GROUP BY 2",
                    n=bind(one.prepared), c=name(one.prepared),
                ))  # fmt: skip
        self.connection.unregister("given")

    def add_records(self, prepared: pd.DataFrame, ids: Sequence[str]) -> NDArray[np.int64]:
        """Their row numbers, which are never given again. prepared: without row numbers."""
        first = self.given
        numbers = np.arange(first, first + len(prepared), dtype=np.int64)
        given = prepared.assign(row=numbers, id=pd.Series(list(ids), dtype=object, index=prepared.index))
        given = given.assign(**self._rarity(given))
        self.connection.execute("UPDATE model SET given = ?", [first + len(prepared)])
        if self._has("record", "id"):
            self._from(given, "INSERT INTO record BY NAME SELECT * FROM given")
        else:
            self._from(given, "CREATE TABLE record AS SELECT * FROM given")
        return numbers

    def _rarity(self, given: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
        """By column `…_f`, the bits that an equal value adds to those of its level."""
        model, made = self.required, {}
        for one in model.comparisons:
            if one.equal_by_chance is None:
                continue
            query = "SELECT value, count FROM frequency WHERE of_column = ?"
            counts = self.connection.execute(query, [one.prepared]).df()
            known = dict(zip(counts["value"], counts["count"], strict=True))
            total = max(1, int(counts["count"].sum()))
            share = given[one.prepared].map(lambda cell, known=known: max(2, known.get(cell, 0))) / total
            made[f"{one.prepared}_f"] = np.log2(one.equal_by_chance / share.to_numpy(dtype=float))
        return made

    def add_pairs(
        self, pairs: NDArray[np.int64], weight: NDArray[np.float64], levels: NDArray[np.signedinteger]
    ) -> None:
        """Pairs of row numbers with the bits that speak for them, and how each column agrees."""
        given = pd.DataFrame({
            "one": pairs[:, 0], "other": pairs[:, 1], "weight": weight,
            "levels": pd.Series(levels.tolist(), dtype=object),
        })  # fmt: skip
        if len(given):
            self._from(given, "INSERT INTO pair SELECT one, other, weight, levels FROM given")

    def ids(self, rows: NDArray[np.int64]) -> list[str]:
        """The ids of these rows."""
        self.connection.register("asked", pd.DataFrame({"row": rows}))
        query = "SELECT r.id FROM asked a JOIN record r ON r.row = a.row ORDER BY a.row"
        found = [one for (one,) in self.connection.execute(query).fetchall()]
        self.connection.unregister("asked")
        return found

    def pairs_among(self, rows: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """The pairs of these rows that stand: row numbers, bits, and how each column agrees."""
        self.connection.register("asked", pd.DataFrame({"row": rows}))
        query = (
            "SELECT one, other, weight, levels FROM pair WHERE one IN (FROM asked) AND other IN (FROM asked)"
        )
        found = self.connection.execute(query).fetchnumpy()
        self.connection.unregister("asked")
        levels = np.array([list(own) for own in found["levels"]], dtype=np.int64)
        pairs = np.column_stack([found["one"], found["other"]]).astype(np.int64)
        return pairs, np.asarray(found["weight"]), levels.reshape(len(pairs), len(self.required.comparisons))

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these records."""
        given = pd.DataFrame({"id": list(ids)}, dtype=object)
        self.connection.register("gone", given)
        for forgetting in ("standing.forget_blocks", "standing.forget_pairs", "standing.forget_records"):
            execute(self.connection, statement(forgetting))
        self.connection.unregister("gone")

    @property
    def required(self) -> StandingModel:
        """The model; LookupError where none stands."""
        model = self.model
        if model is None:
            raise LookupError("the index has no model")
        return model

    def _from(self, given: pd.DataFrame, query: str, **values: Any) -> None:
        self.connection.register("given", given)
        self.connection.execute(query, values)
        self.connection.unregister("given")


def _connected(path: Path, limits: DuckDbLimits) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config={**limits.settings(path.parent / "spill")})
    except duckdb.Error as error:
        raise IndexUnusable(path, str(error)) from error


@contextmanager
def open_index(path: Path | None, limits: DuckDbLimits, *, keep: bool = True) -> Iterator[StandingIndex]:
    """The index of this file, or one in memory; what is written stays if it ends well and `keep` is set.

    Raises IndexUnusable.
    """
    if path is None:
        with duckdb.connect() as connection:
            yield StandingIndex(connection)
        return
    private_folder(path.parent)
    with _connected(path, limits) as connection:
        connection.begin()
        yield StandingIndex(connection)
        connection.commit() if keep else connection.rollback()
    close_files(path.parent)
