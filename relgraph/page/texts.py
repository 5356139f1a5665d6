"""The sentences of pages and reports (`texts.yml`), by name and language."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from graph.alert.playbook import Language


def text(name: str, language: Language, /, **figures: object) -> str:
    """The sentence of this name, filled; raises KeyError where there is none or a figure is missing."""
    return str(_texts()[name][language]).format_map(figures)


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        files("relgraph.page").joinpath("texts.yml").read_text(encoding="utf-8")
    )
    return loaded
