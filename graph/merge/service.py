"""A person merges two records, or takes a merge back."""

from dataclasses import dataclass

from graph.history.touched import MERGED
from graph.merge.absorb import absorb_params, absorb_query, absorb_rest, absorption
from graph.merge.errors import CannotMerge
from graph.merge.model import Merge, group_of, open_merges
from graph.merge.release import release_params, release_query, release_rest
from graph.merge.rows import MERGEABLE, Whole, read_whole
from graph.merge.suspend import Clerk, resume, suspend
from graph.merge.verdict import Verdict, verdict_rows
from graph.service import WholeStore
from graph.writing.author import Author
from graph.writing.named import named
from graph.writing.once import Outcome, Writing, once_whole


@dataclass(frozen=True, slots=True)
class MergeWords:
    """`other` is taken into `keep`, both of `kind` (Customer or Contact), by any of their ids."""

    kind: str
    keep: str
    other: str


@dataclass(frozen=True, slots=True)
class UnmergeWords:
    """The merge that is taken back: its id, or the id of the record that it absorbed."""

    merge: str


async def merge(store: WholeStore, author: Author, words: MergeWords) -> Outcome:
    """Merge the two for everybody, until it is taken back; linking never parts them.

    Raises CannotMerge, NotFound, KeyAlreadyUsed, VersionConflict.
    """

    async def prepare() -> Writing:
        if words.kind not in MERGEABLE:
            raise CannotMerge(f"records of kind {words.kind!r} are not merged; {' and '.join(MERGEABLE)} are")
        found = await named(store, author, {words.kind: [words.keep, words.other]})
        kept_id, absorbed_id = found.id(words.kind, words.keep), found.id(words.kind, words.other)
        kept, absorbed = await _both(store, words.kind, kept_id, absorbed_id)
        planned = _planned(author, words.kind, kept_id, absorbed_id, await next_place(store))
        made = absorption(kept, absorbed)
        verdict = Verdict(words.kind, kept_id, absorbed_id, "same")
        return Writing(
            absorb_query(words.kind), absorb_params(made, planned.props), planned.typed_ids,
            planned.typed_ids[0],
            [*absorb_rest(words.kind, kept_id, absorbed_id, made), *verdict_rows(verdict, author)], MERGED,
        )  # fmt: skip

    return await once_whole(store, author, "merge", words, prepare)


async def unmerge(store: WholeStore, author: Author, words: UnmergeWords) -> Outcome:
    """Take a merge back: both records are as they were, with what was written of either since.

    What was merged into them later stays merged. Linking never merges the two again. Raises CannotMerge,
    KeyAlreadyUsed, VersionConflict.
    """

    async def prepare() -> Writing:
        merges = await open_merges(store)
        undone = merge_of(merges, words.merge)
        await named(store, author, {undone.kind: [undone.kept_id]})
        later = [m for m in group_of(merges, undone.kind, [undone.kept_id]) if m.place > undone.place]
        await suspend(store, clerk, later)
        kept = await read_whole(store, undone.kind, undone.kept_id)
        if kept is None:
            raise CannotMerge(f"{undone.typed_ids[0]} is not in the graph")
        verdict = Verdict(undone.kind, undone.kept_id, undone.absorbed_id, "apart")
        return Writing(
            release_query(undone.kind), release_params(undone, "undone"), undone.typed_ids, undone.merge_id,
            [*release_rest(undone, kept), *verdict_rows(verdict, author)], MERGED,
        )  # fmt: skip

    clerk = Clerk(author.source, author.now, author.loaded_at)
    try:
        return await once_whole(store, author, "unmerge", words, prepare)
    finally:
        await resume(store, clerk)


def merge_of(merges: list[Merge], asked: str) -> Merge:
    """The merge of this id, or the latest that absorbed the record of this id. Raises CannotMerge."""
    for one in reversed(merges):
        names = (one.merge_id, one.absorbed_id, f"{one.kind}:{one.absorbed_id}")
        if one.stands and asked in names:
            return one
    raise CannotMerge(f"nothing is merged under {asked!r}")


async def next_place(store: WholeStore) -> int:
    """The place of a merge that follows all others."""
    rows = await store.read("merge.last_place")
    return (rows[0]["place"] or 0) + 1 if rows else 1


def _planned(author: Author, kind: str, kept_id: str, absorbed_id: str, place: int) -> Merge:
    merge_id = author.record_id.replace("written:", "merge:")
    return Merge(
        merge_id,
        kind,
        kept_id,
        absorbed_id,
        place,
        "merged",
        author.now,
        author.source,
        author.reason,
        None,
        "",
    )


async def _both(store: WholeStore, kind: str, kept_id: str, absorbed_id: str) -> tuple[Whole, Whole]:
    """Both records as they are; raises CannotMerge where they are one, or the one to keep has ended."""
    if kept_id == absorbed_id:
        raise CannotMerge("the two are one record already")
    kept, absorbed = await read_whole(store, kind, kept_id), await read_whole(store, kind, absorbed_id)
    if kept is None or absorbed is None:
        raise CannotMerge("one of the two is no longer in the graph")
    if kept.ended and not absorbed.ended:
        raise CannotMerge(f"{kind} {kept_id} has ended in its sources, the other has not: keep the other one")
    return kept, absorbed
