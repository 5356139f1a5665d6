"""Reasons of scores and recommendations in words: clauses of one catalogue (`texts.yml`), with figures."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from graph.alert.playbook import Language
from graph.packaged import packaged_yaml


class Clause(NamedTuple):
    """An entry of the catalogue and what is filled into it."""

    name: str
    figures: dict[str, int | str]


def clause(name: str, **figures: int | str) -> Clause:
    """A clause with these figures."""
    return Clause(name, figures)


def kept(clauses: Iterable[Clause]) -> list[list[Any]]:
    """The clauses as JSON has them: `[name, figures]` each."""
    return [list(one) for one in clauses]


def in_words(clauses: Iterable[Clause], language: Language) -> str:
    """The clauses as one sentence; raises KeyError for a clause that is not in the catalogue."""
    return "".join(_filled(one, language) for one in clauses)


def _filled(one: Clause, language: Language) -> str:
    template = str(packaged_yaml("graph.score_view", "texts.yml")[one.name][language])
    figures = {name: _Count(it) if isinstance(it, int) else it for name, it in one.figures.items()}
    return template.format_map(figures)


class _Count(int):
    """A number that a sentence tells as its place asks: see the head of the catalogue."""

    def __format__(self, how: str) -> str:
        if how == "none":
            return str(int(self) or "none")
        if how == "be":
            return "is" if self in (0, 1) else "are"
        if how == "old":
            return format(self, "day|days") if self else "less than a day"
        one, _, many = how.partition("|")
        return f"{int(self) or 'no'} {one if self in (0, 1) else many}" if many else str(int(self))
