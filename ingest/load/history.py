"""What a run wrote, handed to the kept history; and the log of facts that were closed with their entities."""

from datetime import UTC, datetime
from pathlib import Path

from graph import sql
from graph.batches import batches
from graph.duckdb_limits import DuckDbLimits
from graph.history import ENDED, Acknowledged, append_load, packed
from graph.model import FACTS
from graph.sql import Relation, fill
from graph.store import Store
from ingest.load.removals import Turned
from ingest.load.write import REOPENED, Clearable
from ingest.sql import statement
from ingest.staging.database import Staging

NAMED = 5000
"""Entities that one change names."""


def append_to_history(
    staging: Staging, store: Store, pending: Relation, home: Path, scratch: Path, run_id: str,
    stated: Clearable, limits: DuckDbLimits,
) -> None:  # fmt: skip
    """Append the pending items, which the engine has acknowledged, to the history kept in `home`.

    What staging holds of the run is given up before: the history takes memory of its own.
    """
    path = scratch / "acknowledged.parquet"
    staging.execute(
        fill(
            "COPY ({rows}) TO {path} (FORMAT parquet)",
            rows=statement("target.acknowledged", pending=pending),
            path=sql.bind(str(path)),
        )
    )
    staging.end_run()
    cleared = {**stated, **dict.fromkeys(FACTS, REOPENED)}
    append_load(store, home, Acknowledged(run_id, path, cleared), limits)


def note_ended(staging: Staging, store: Store, made: Turned, run_id: str, now: datetime) -> None:
    """Say in the change log whose facts were closed or opened: no batch of the run names them."""
    for verb, entities in (("ended", made.ended), ("returned", made.back)):
        for label, rows in staging.rows(statement("removal.by_label", entities=entities)):
            for number, batch in enumerate(batches(rows, NAMED)):
                props = {
                    "at": now.isoformat(), "loaded_at": datetime.now(UTC).isoformat(), "run_id": run_id,
                    "actor": "ingest", "kind": f"{ENDED}.{label}",
                    "count": len(batch), "touched": packed(label, (row["id"] for row in batch)),
                }  # fmt: skip
                key = f"{verb}:{run_id}:{label}:{number}"
                store.upsert_nodes("Change", [{"id": key, "props": props}])
