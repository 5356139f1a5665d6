"""One of us says how we stand with a customer or a contact, and how we want to stand."""

from dataclasses import dataclass
from typing import get_args

from cypher import template
from graph.model import NODES, Level
from graph.service import GraphStore
from graph.writing.author import Author
from graph.writing.errors import WriteRefused
from graph.writing.named import named
from graph.writing.once import Outcome, Writing, once


@dataclass(frozen=True, slots=True)
class LevelWords:
    """Exactly one of customer and contact; a level that is not said stays as it was."""

    customer: str | None = None
    contact: str | None = None
    current: str | None = None
    wanted: str | None = None


async def state_level(store: GraphStore, author: Author, words: LevelWords) -> Outcome:
    """The level holds from the company's now; the one before stays readable. Raises WriteRefused, NotFound.

    What is said of a contact is as hidden as the contact is.
    """

    async def prepare() -> Writing:
        label, asked = ("Customer", words.customer) if words.contact is None else ("Contact", words.contact)
        found = await named(store, author, {label: [str(asked)]})
        subject_id = found.id(label, str(asked))
        seen = found.visibility([subject_id]) if label == "Contact" else {"visibility": "company"}
        fact = author.fact("RELATIONSHIP", author.employee_id, subject_id, author.key) | seen
        return Writing(
            template("writing.level").render(label=label, key=NODES[label].key),
            {
                "subject_id": subject_id, "employee_id": author.employee_id, "fact": fact,
                "current": words.current, "wanted": words.wanted, "viewer": author.employee_id,
            },
            (f"{label}:{subject_id}",),
        )  # fmt: skip

    _check(words)
    return await once(store, author, "state_level", words, prepare)


def _check(words: LevelWords) -> None:
    if (words.customer is None) == (words.contact is None):
        raise WriteRefused("say either the customer or the contact")
    if words.current is None and words.wanted is None:
        raise WriteRefused("say the current level, the wanted one, or both")
    for level in (words.current, words.wanted):
        if level is not None and level not in get_args(Level):
            raise WriteRefused(f"no level {level!r}; there are {', '.join(get_args(Level))}")
