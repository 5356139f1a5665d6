"""The rules of a derive that can be switched off: what they derived is then withdrawn."""

from collections.abc import Iterable

from graph.alert.rules import KINDS
from graph.errors import UsageError

RULES = ("roles", "reporting_lines", "departures", "branches", *KINDS)


def check_rules(named: Iterable[str]) -> None:
    """Raise UsageError for a name that is no rule."""
    unknown = sorted(set(named) - set(RULES))
    if unknown:
        raise UsageError(f"no rule {', '.join(unknown)}; there are {', '.join(RULES)}")
