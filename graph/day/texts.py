"""What the items of a day say, in English and Chinese (`texts.yml`)."""

from typing import Any

from graph.alert.playbook import Language
from graph.packaged import packaged_yaml


def reason(name: str, language: Language, **figures: object) -> str:
    """Why something is an item of the day."""
    return str(_declared()[name]["reason"][language]).format(**figures)


def steps(name: str, language: Language) -> tuple[str, ...]:
    """What to do about it."""
    return tuple(_declared()[name]["steps"][language])


def word(name: str, language: Language) -> str:
    """A word or sign within a sentence."""
    return str(_declared()["words"][name][language])


def notes(language: Language) -> tuple[str, ...]:
    """What of a past day's answer is today's."""
    return tuple(str(told[language]) for told in _declared()["notes"].values())


def _declared() -> dict[str, Any]:
    return packaged_yaml("graph.day", "texts.yml")
