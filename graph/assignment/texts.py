"""What is said of assignments, in English and Chinese (`texts.yml`)."""

from collections.abc import Mapping
from typing import Any

import orjson

from graph.alert.playbook import Language
from graph.packaged import packaged_yaml


def reason(figures: Mapping[str, Any], who: str, language: Language) -> str:
    """Why somebody was given a record, from the figures that the fact keeps."""
    texts, by = _declared(), figures["by"]
    choice = ""
    if figures.get("choice") == "least_loaded":
        load = figures["load"]
        form = "one" if load == 1 else "other"
        choice = texts["least_loaded"][language][form].format(n=load)
    elif figures.get("choice"):
        choice = texts["round_robin"][language]
    rule = figures["name_zh"] if language == "zh" else figures["name"]
    told = str(texts[by][language]).format(rule=rule, who=who, group=figures.get("group"), choice=choice)
    because = figures.get("customer") or {}
    if because:
        listed = ", ".join(f"{name} {_shown(value)}" for name, value in sorted(because.items()))
        told += str(texts["because"][language]).format(figures=listed)
    return told


def answer(why: str, language: Language, who: str | None = None) -> str:
    """What a rule says of a record."""
    return str(_declared()[why][language]).format(who=who)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _declared() -> dict[str, Any]:
    return packaged_yaml("graph.assignment", "texts.yml")
