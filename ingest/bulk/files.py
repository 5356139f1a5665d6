"""Import files of what a run would write, one for each label and for each type between two labels."""

from dataclasses import dataclass
from pathlib import Path

import orjson

from graph.sql import Relation, Sql, bind, fill
from ingest.bulk.columns import DELIMITER, columns, selected
from ingest.load.write import Group
from ingest.sql import statement
from ingest.staging.database import Staging

IDENTITY = "Database"
"""The label of the node that says which graph it is."""
REPORT = "import.report"


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """Written files and the words that make the import tool read them."""

    nodes: list[tuple[str, Path]]
    relationships: list[tuple[str, Path]]
    several_lines: bool
    """Whether a text holds a line break, which the tool reads slower."""

    def arguments(self, database: str, folder: Path) -> list[str]:
        """`database import full …`, for `neo4j-admin`, which reports on bad rows in `folder`."""
        return [
            "database", "import", "full", database, "--overwrite-destination", "--bad-tolerance=0",
            f"--report-file={folder / REPORT}",
            f"--array-delimiter=U+{ord(DELIMITER):04X}",
            *(["--multiline-fields=true"] if self.several_lines else []),
            *(f"--nodes={label}={path}" for label, path in self.nodes),
            *(f"--relationships={kind}={path}" for kind, path in self.relationships),
        ]  # fmt: skip


def write_files(staging: Staging, pending: Relation, folder: Path, identity: dict[str, str]) -> ImportFiles:
    """The import files of the pending items and of the node that bears the graph's identity.

    Raises BulkNotPossible.
    """
    nodes = [(IDENTITY, _identity(staging, folder, identity))]
    relationships: list[tuple[str, Path]] = []
    lines = False
    for number, (text, kind, name, start, end, *_) in enumerate(
        staging.rows(statement("target.groups", pending=pending))
    ):
        group = Group(text, kind, name, start, end)
        path = folder / f"{number:03}-{'-'.join(filter(None, (name, start, end)))}.csv"
        lines |= _write(staging, pending, group, path)
        (nodes if kind == "node" else relationships).append((name, path))
    return ImportFiles(nodes, relationships, lines)


def _write(staging: Staging, pending: Relation, group: Group, path: Path) -> bool:
    """Write one file; whether a text of it has a line break."""
    shape, lines = staging.rows(statement("bulk.shape", pending=pending, group=group.text))[0]
    made = columns(group, orjson.loads(shape))
    _copy(staging, selected(made, shape, pending.table, group), path)
    return bool(lines)


def _identity(staging: Staging, folder: Path, identity: dict[str, str]) -> Path:
    path = folder / f"{IDENTITY}.csv"
    query = fill(
        """SELECT 'database' AS "singleton:ID(Database)", {id} AS "database_id:STRING",
            {at} AS "created_at:DATETIME" """,
        id=bind(identity["database_id"]), at=bind(identity["created_at"]),
    )  # fmt: skip
    _copy(staging, query, path)
    return path


def _copy(staging: Staging, query: Sql, path: Path) -> None:
    """An empty text is quoted and a missing value is not: the import tool tells them apart."""
    staging.execute(
        fill(
            "COPY ({query}) TO {path} (FORMAT csv, HEADER, QUOTE '\"', ESCAPE '\"')",
            query=query,
            path=_text(path),
        )
    )


def _text(path: Path) -> Sql:
    """A path as SQL text: COPY takes no parameter there."""
    return Sql("'" + str(path).replace("'", "''") + "'")
