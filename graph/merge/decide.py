"""A person says whether two records are one."""

from dataclasses import dataclass

from graph.merge.errors import CannotMerge
from graph.merge.rows import MERGEABLE
from graph.merge.service import MergeWords, merge
from graph.merge.verdict import Verdict, verdict_rows
from graph.service import WholeStore
from graph.writing.author import Author
from graph.writing.named import named
from graph.writing.once import Outcome, Writing, once_whole


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """Whether `one` and `other`, both of `kind`, are the `same` (then `one` stays) or `apart`."""

    kind: str
    one: str
    other: str
    judgement: str


async def decide_review(store: WholeStore, author: Author, words: DecisionWords) -> Outcome:
    """Merge the two, or keep them apart for good: linking never says otherwise.

    Raises CannotMerge, NotFound, KeyAlreadyUsed, VersionConflict.
    """
    if words.judgement == "same":
        return await merge(store, author, MergeWords(words.kind, words.one, words.other))
    if words.judgement != "apart" or words.kind not in MERGEABLE:
        raise CannotMerge("two customers, or two contacts, are `same` or `apart`")

    async def prepare() -> Writing:
        found = await named(store, author, {words.kind: [words.one, words.other]})
        one_id, other_id = found.id(words.kind, words.one), found.id(words.kind, words.other)
        if one_id == other_id:
            raise CannotMerge("the two are merged; unmerge them first")
        verdict = Verdict(words.kind, one_id, other_id, "apart")
        touched = (f"{words.kind}:{one_id}", f"{words.kind}:{other_id}")
        params = {"pair": verdict.key, "kind": words.kind}
        return Writing("merge.keep_apart", params, touched, touched[0], verdict_rows(verdict, author))

    return await once_whole(store, author, "decide_review", words, prepare)
