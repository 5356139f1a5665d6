"""Secrets from where they are kept: the environment, or the keyring of the machine."""

import importlib
import importlib.util

from graph.errors import RelgraphError
from relgraph.settings import variable


class SecretMissing(RelgraphError):
    """A secret is not where it is said to be; its value is never told."""

    exit_code = 2

    def __init__(self, reference: str, why: str = "holds nothing; set it, and start relgraph again") -> None:
        super().__init__(f"the secret `{reference}` {why}")


def secret_of(reference: str) -> str:
    """The value behind `env:NAME` or `keyring:SERVICE/USER`. Raises SecretMissing."""
    kind, _, place = reference.partition(":")
    value = variable(place) if kind == "env" else _of_keyring(reference, place)
    if not value:
        raise SecretMissing(reference)
    return value


def _of_keyring(reference: str, place: str) -> str | None:
    if importlib.util.find_spec("keyring") is None:
        raise SecretMissing(reference, "needs the package keyring: pip install keyring")
    service, _, user = place.partition("/")
    found: str | None = importlib.import_module("keyring").get_password(service, user)
    return found
