"""The title lexicon: declared in `title.yml`, matched by phrase, in English and Chinese."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from graph.model import Role, Seniority
from graph.packaged import packaged_yaml

METHOD = "title-lexicon-1"
LEVELS: dict[str, int] = {name: level for level, name in enumerate(reversed(get_args(Seniority)))}
"""Rank of a seniority: staff 0 … owner 6."""


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What one title says; every field is null where the lexicon has no word for it."""

    seniority: Seniority | None = None
    department: str | None = None
    role: Role | None = None
    influence: float | None = None
    confidence: float | None = None

    @property
    def level(self) -> int | None:
        """Rank of the seniority: staff 0 … owner 6."""
        return None if self.seniority is None else LEVELS[self.seniority]


def _lexicon() -> dict[str, Any]:
    return packaged_yaml("graph", "title.yml")


class JobValues(NamedTuple):
    """What a person is at a customer: as stated, and what is not stated as the title says."""

    title: str | None
    department: str | None
    seniority: str | None


def job_values(job: Mapping[str, Any]) -> JobValues:
    """Of the properties of a WORKS_AT fact; all null for no job."""
    title = job.get("title")
    reading = read_title(title)
    return JobValues(
        title, job.get("department") or reading.department, job.get("seniority") or reading.seniority
    )


@lru_cache(maxsize=4096)
def read_title(title: str | None) -> TitleReading:
    """What `title` says; an unknown or empty title says nothing."""
    readings = [_read_one(words) for words in _words(title or "") if words]
    return max(
        readings, key=lambda reading: -1 if reading.level is None else reading.level, default=TitleReading()
    )


def _words(title: str) -> list[str]:
    return [" ".join(re.findall(r"\w+", part.casefold())) for part in re.split(r"[/／;；]", title)]


def _read_one(words: str) -> TitleReading:
    seniority, department = _seniority(words), _department(words)
    if seniority is None:
        return TitleReading(department=department)
    if department is None and seniority in _lexicon()["management"]:
        department = "management"
    rules = (rule for rule in _lexicon()["roles"] if _fits(rule, seniority, department))
    rule: dict[str, Any] = next(rules, {})
    return TitleReading(
        seniority=seniority,
        department=department,
        role=rule.get("role"),
        influence=rule.get("influence"),
        confidence=rule.get("confidence"),
    )


def _seniority(words: str) -> Seniority | None:
    if any(_in(phrase, words) for phrase in _lexicon()["assistant"]):
        return "staff"
    found: list[Seniority] = []
    for phrase, name in _longest_first(_lexicon()["seniority"]):
        if _in(phrase, words):
            found.append(name)
            words = words.replace(phrase, " ")
    return max(found, key=LEVELS.__getitem__, default=None)


def _department(words: str) -> str | None:
    return next(
        (name for phrase, name in _longest_first(_lexicon()["department"]) if _in(phrase, words)), None
    )


def _longest_first(phrases_of: dict[str, list[str]]) -> list[tuple[str, Any]]:
    pairs = [(phrase, name) for name, phrases in phrases_of.items() for phrase in phrases]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _in(phrase: str, words: str) -> bool:
    if phrase.isascii():
        return f" {phrase.replace('-', ' ')} " in f" {' '.join(words.split())} "
    return phrase in words.replace(" ", "")


def _fits(rule: dict[str, Any], seniority: str, department: str | None) -> bool:
    return seniority in rule.get("seniority", [seniority]) and department in rule.get(
        "department", [department]
    )
