"""What people decided about two records; linking never says otherwise."""

from dataclasses import dataclass
from typing import Literal

from graph.merge.rows import node_statements
from graph.service import GraphStore, Statements
from graph.writing.author import Author

Judgement = Literal["same", "apart"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision about two records of a kind."""

    kind: str
    one_id: str
    other_id: str
    judgement: Judgement

    @property
    def verdict_id(self) -> str:
        """One per pair, whichever is named first."""
        return f"{self.kind}|{self.key}"

    @property
    def key(self) -> str:
        """The pair, whichever is named first."""
        return "|".join(sorted((self.one_id, self.other_id)))


async def verdicts(store: GraphStore, kind: str) -> dict[frozenset[str], Judgement]:
    """The decisions about pairs of a kind."""
    rows = await store.read("merge.verdicts", kind=kind)
    return {frozenset((row["one_id"], row["other_id"])): row["judgement"] for row in rows}


def verdict_rows(verdict: Verdict, author: Author) -> Statements:
    """Statements that write the decision, in place of an earlier one."""
    one_id, other_id = sorted((verdict.one_id, verdict.other_id))
    props = {
        "kind": verdict.kind, "one_id": one_id, "other_id": other_id, "judgement": verdict.judgement,
        "at": author.now, "actor": author.source, "reason": author.reason,
    }  # fmt: skip
    return list(node_statements("Verdict", [(verdict.verdict_id, props)]))
