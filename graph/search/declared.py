"""What `words.yml` declares."""

from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml


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


def _declared() -> dict[str, Any]:
    return packaged_yaml("graph.search", "words.yml")
