"""Is the kept history equal to the graph: rows and content sums per table."""

from dataclasses import dataclass
from pathlib import Path

from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.history.delta import content
from graph.history.history import History
from graph.history.opening import FOLDER, open_history, standing
from graph.history.read import read_history
from graph.history.tables import TABLES, Table
from graph.private import private_folder
from graph.sql import fill, name
from graph.sql.run import execute
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and a sum over the hashes of all of them, in whatever order."""

    rows: int
    content: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One table, as the history holds it and as the graph does."""

    table: str
    kept: Sum
    graph: Sum

    @property
    def equal(self) -> bool:
        """Whether both hold the same."""
        return self.kept == self.graph


@dataclass(frozen=True, slots=True)
class Check:
    """A kept history beside its graph, all of which was read for it."""

    was_stale: str | None
    """Why it had to be built anew first, as every reader would; None where it had not."""
    caught_up: int
    """Changes that it did not hold yet, and read first."""
    position: int
    tables: tuple[Compared, ...]

    @property
    def equal(self) -> bool:
        """Whether every table is equal."""
        return all(table.equal for table in self.tables)


def check_history(store: Store, home: Path, limits: DuckDbLimits = USUAL_LIMITS) -> Check:
    """Open the kept history as a reader would, and compare it with the graph, read whole by pages of ids."""
    before = standing(store, private_folder(home / FOLDER))
    with open_history(store, home, limits) as kept, read_history(store, limits) as graph:
        tables = tuple(
            Compared(table.name, table_sum(kept, table), table_sum(graph, table)) for table in TABLES.values()
        )
        return Check(before.stale, len(before.missing), kept.position, tables)


def table_sum(history: History, table: Table) -> Sum:
    """The sum of a table's rows without their positions."""
    query = fill(
        """SELECT count(*), coalesce(sum(h::HUGEINT), 0)::VARCHAR || '-' || coalesce(bit_xor(h), 0)::VARCHAR
        FROM (SELECT hash({columns}) AS h FROM {view})""",
        columns=content(table), view=name(table.name),
    )  # fmt: skip
    ((rows, total),) = execute(history.connection, query).fetchall()
    return Sum(rows, total)
