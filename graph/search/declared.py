"""What `words.yml` declares."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def surnames() -> dict[str, str]:
    """Chinese surnames that are read otherwise than their characters mostly are."""
    return {str(name): str(read) for name, read in _declared()["surnames"].items()}


@lru_cache(maxsize=1)
def two_character_surnames() -> frozenset[str]:
    """Chinese surnames of two characters."""
    return frozenset(str(_declared()["two_characters"]).split())


@lru_cache(maxsize=1)
def free_mail() -> frozenset[str]:
    """Domains of providers of mail addresses, which say nothing of a company."""
    return frozenset(str(_declared()["free_mail"]).split())


@lru_cache(maxsize=1)
def _declared() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        files("graph.search").joinpath("words.yml").read_text(encoding="utf-8")
    )
    return loaded
