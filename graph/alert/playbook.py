"""The playbook: title, message and play of each kind of alert, in English and Chinese (`playbook.yml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml
from babel import Locale

from graph.errors import UsageError

Language = Literal["en", "zh"]


LANGUAGES: tuple[Language, ...] = get_args(Language)


def language(name: str) -> Language:
    """The language of this code; raises UsageError."""
    for known in LANGUAGES:
        if known == name:
            return known
    raise UsageError(f"no texts in {name!r}; there are {', '.join(LANGUAGES)}")


@dataclass(frozen=True, slots=True)
class Play:
    """What to do about an alert, and within how many days."""

    within_days: int
    steps: tuple[str, ...]


def kinds() -> tuple[str, ...]:
    """All kinds of alerts, those of gaps first."""
    return tuple(_playbook())


def title(kind: str, language: Language = "en") -> str:
    """What an alert of this kind is called."""
    return str(_kind(kind)["title"][language])


def play(kind: str, language: Language = "en") -> Play:
    """What to do about an alert of this kind."""
    declared = _kind(kind)["play"]
    return Play(int(declared["within_days"]), tuple(declared["steps"][language]))


def message(kind: str, figures: Mapping[str, Any], language: Language = "en") -> str:
    """What an alert says, by its figures; raises KeyError where the kind has no message of its own."""
    forms = _kind(kind)["says"]
    plural = Locale(language).plural_form(figures["count"])
    template = forms.get(plural, {}).get(language) or forms["other"][language]
    return str(template).format_map(_in_words(figures, language))


@lru_cache(maxsize=1)
def _playbook() -> dict[str, Any]:
    text = files("graph.alert").joinpath("playbook.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)["kinds"]
    return loaded


def _kind(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = _playbook()[kind]
    return found


def _in_words(figures: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The figures as they stand in a sentence: `2`, not `2.0`; amounts with their currency."""
    told = {name: f"{item:g}" if isinstance(item, float) else item for name, item in figures.items()}
    amounts = [f"{item['amount']:,.2f} {item['currency']}".strip() for item in figures.get("owed") or ()]
    lead = ": " if language == "en" else ":"
    return told | {"owed": lead + ", ".join(amounts) if amounts else ""}
