"""Merges undone for as long as something else is written, and done again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from graph.history.touched import MERGED
from graph.merge.absorb import absorb_params, absorb_query, absorb_rest, absorption
from graph.merge.model import Merge, open_merges
from graph.merge.release import release_params, release_query, release_rest
from graph.merge.rows import read_whole
from graph.merge.verdict import verdicts
from graph.service import WholeStore
from graph.writing.errors import VersionConflict


@dataclass(frozen=True, slots=True)
class Clerk:
    """Whoever writes without a person's key: a load, linking.

    now: the company's. loaded_at: the wall clock.
    """

    actor: str
    now: datetime
    loaded_at: datetime

    def given(self, verb: str, merge: Merge) -> dict[str, Any]:
        """The moments and the Change of a statement."""
        change = {
            "change_id": f"{verb}:{merge.merge_id}:{uuid4().hex}", "kind": f"{MERGED}.{verb}",
            "actor": self.actor, "entity_ids": list(merge.typed_ids), "count": 2,
        }  # fmt: skip
        return {"now": self.now.isoformat(), "loaded_at": self.loaded_at.isoformat(), "change": change}


async def suspend(store: WholeStore, clerk: Clerk, merges: Iterable[Merge]) -> None:
    """Undo these merges for now, the latest first. Raises VersionConflict."""
    for merge in sorted(merges, key=lambda one: one.place, reverse=True):
        kept = await read_whole(store, merge.kind, merge.kept_id) if merge.stands else None
        if kept is None:
            continue
        written = await store.write_all(
            release_query(merge.kind), release_rest(merge, kept),
            **release_params(merge, "suspended"), **clerk.given("suspend", merge),
        )  # fmt: skip
        if not written.rows:
            raise VersionConflict(merge.typed_ids[0])


async def resume(store: WholeStore, clerk: Clerk) -> None:
    """Do again what is suspended, in order; what has lost a record, or its kept one, waits.

    So does what somebody told apart meanwhile, as while a load that was killed has left it suspended. Raises
    VersionConflict.
    """
    waiting = [merge for merge in await open_merges(store) if not merge.stands]
    decided = {kind: await verdicts(store, kind) for kind in {merge.kind for merge in waiting}}
    for merge in waiting:
        if decided[merge.kind].get(frozenset((merge.kept_id, merge.absorbed_id))) != "apart":
            await do(store, clerk.given("resume", merge), merge)


async def do(store: WholeStore, given: dict[str, Any], merge: Merge) -> bool:
    """Merge the two records that stand apart; whether it was done. Raises VersionConflict.

    It is not where one is no longer there, or where the kept one has ended in its sources and the other has
    not: that would end a record that lives. The merge waits until the kept one returns.
    """
    kept = await read_whole(store, merge.kind, merge.kept_id)
    absorbed = await read_whole(store, merge.kind, merge.absorbed_id)
    if kept is None or absorbed is None or (kept.ended and not absorbed.ended):
        return False
    made = absorption(kept, absorbed)
    rest = absorb_rest(merge.kind, merge.kept_id, merge.absorbed_id, made)
    written = await store.write_all(
        absorb_query(merge.kind), rest, **absorb_params(made, merge.props), **given
    )
    if not written.rows:
        raise VersionConflict(merge.typed_ids[0])
    return True
