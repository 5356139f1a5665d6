"""Records that were merged in the graph, to a load: as apart as the sources know them.

What staging knows of a record, it knows by its own id. So keys and values are read as they were before the
merges, and what a load writes of merged records is written while these stand apart.
"""

from datetime import datetime

import pyarrow as pa

from graph.merge import Merge, Origins, open_merges, origins, resume, suspend
from graph.merge.model import group_of
from graph.merge.suspend import Clerk
from graph.service import run_sync
from graph.sql import Relation
from graph.store import Store
from ingest import tables
from ingest.sql import statement
from ingest.staging.database import Staging

ACTOR = "ingest"


def origins_of(store: Store) -> Origins:
    """Where what merged records show came from."""
    return origins(run_sync(store, open_merges))


def set_apart(staging: Staging, store: Store, pending: Relation, now: datetime, loaded_at: datetime) -> None:
    """Suspend the merges of every record that pending items write to, or join to another."""
    merges = run_sync(store, open_merges)
    if merges:
        touched = _touched(staging, pending, merges)
        if touched:
            run_sync(store, suspend, Clerk(ACTOR, now, loaded_at), touched)


def join_again(store: Store, now: datetime, loaded_at: datetime) -> None:
    """Merge again what is suspended, also what a load that was killed has left so."""
    run_sync(store, resume, Clerk(ACTOR, now, loaded_at))


def _touched(staging: Staging, pending: Relation, merges: list[Merge]) -> list[Merge]:
    members = {(m.kind, one) for m in merges for one in (m.kept_id, m.absorbed_id)}
    labels, ids = zip(*sorted(members), strict=True)
    columns = [pa.array(labels, pa.string()), pa.array(ids, pa.string())]
    given = pa.Table.from_arrays(columns, names=list(tables.MEMBER.columns))
    member = staging.append_table(staging.empty(tables.MEMBER), given)
    rows = staging.rows(statement("target.members", pending=pending, member=member))
    found = [group_of(merges, kind, [one for label, one in rows if label == kind]) for kind in set(labels)]
    return [merge for group in found for merge in group]
