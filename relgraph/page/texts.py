"""The sentences of pages and reports (`texts.yml`), by name and language."""

from typing import Any

from graph.alert.playbook import Language
from graph.packaged import packaged_yaml


def text(name: str, language: Language, /, **figures: object) -> str:
    """The sentence of this name, filled; raises KeyError where there is none or a figure is missing."""
    return str(_texts()[name][language]).format_map(figures)


def _texts() -> dict[str, Any]:
    return packaged_yaml("relgraph.page", "texts.yml")
