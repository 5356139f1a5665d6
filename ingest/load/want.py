"""What the graph should hold after a run: one list of items, each with the hash that the ledger compares."""

from ingest import sql
from ingest.sql import Sql, fill
from ingest.staging.database import Staging

TABLES = (
    "CREATE OR REPLACE TABLE work.want (grp TEXT, item TEXT, hash TEXT, body TEXT)",
    "CREATE OR REPLACE TABLE work.touch (dataset TEXT, seq BIGINT, item TEXT)",
)
"""`grp` says how an item is written: `node|Label`, `fact|TYPE|Start|End` or `part|TYPE|Start|End`;
`body` is the row for the store as JSON. `touch` says which rows speak of an item."""


def start_want(connection: Staging) -> None:
    """Empty lists for a run."""
    for statement in TABLES:
        connection.execute(statement)


def want(connection: Staging, rows: Sql) -> None:
    """Add items from a query with the columns grp, item, body."""
    connection.execute(
        fill("INSERT INTO work.want SELECT grp, item, md5(grp || body), body FROM ({rows})", rows=rows)
    )


def todo(connection: Staging, database_id: str) -> None:
    """Make `work.todo`: the items that the ledger does not know as they are, in a fixed order.

    Where several rules state one item (a mail to its own sender), the first of the mapping counts.
    `fresh`: the graph has never seen the item, so that empty values need not be removed from it.
    """
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE work.todo AS
            WITH known AS (SELECT item, hash FROM ledger WHERE database_id = {db})
            SELECT row_number() OVER (ORDER BY w.grp, w.item) AS seq, w.*, k.item IS NULL AS fresh
            FROM (SELECT DISTINCT ON (item) * FROM work.want ORDER BY item, rowid) w
            LEFT JOIN known k ON k.item = w.item WHERE k.hash IS DISTINCT FROM w.hash""",
            db=sql.bind(database_id),
        )
    )
