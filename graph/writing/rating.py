"""Whether an answer was of use, as whoever asked says; kept in the change log, for learning."""

import re
from dataclasses import dataclass

from graph.record import record
from graph.service import GraphStore
from graph.writing.author import Author
from graph.writing.errors import WriteRefused
from graph.writing.named import named
from graph.writing.once import Outcome, Writing, once

MOST_IDS = 50
_OPERATION = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")


@dataclass(frozen=True, slots=True)
class RatingWords:
    """An answer of the field `operation`, such as `decisionChain`, and the records of it that are meant."""

    operation: str
    useful: bool
    ids: tuple[str, ...] = ()


async def rate_answer(store: GraphStore, author: Author, words: RatingWords) -> Outcome:
    """Keep it as a Change of the kind `write.rate_answer.<operation>.useful` or `….useless`.

    Raises WriteRefused, and NotFound for an id of which the author sees nothing.
    """

    async def prepare() -> Writing:
        if not _OPERATION.fullmatch(words.operation):
            raise WriteRefused("`operation` is the name of a field of the schema, such as `decisionChain`")
        if len(words.ids) > MOST_IDS:
            raise WriteRefused(f"at most {MOST_IDS} records are rated at once")
        await named(store, author, {})
        rated = dict.fromkeys([await _typed(store, author, one) for one in words.ids])
        return Writing("writing.rate", {}, tuple(rated))

    verdict = "useful" if words.useful else "useless"
    return await once(store, author, f"rate_answer.{words.operation}.{verdict}", words, prepare)


async def _typed(store: GraphStore, author: Author, asked: str) -> str:
    found = await record(store, typed_id=asked, now=author.now, viewer=author.employee_id)
    return f"{found.kind}:{found.record_id}"
