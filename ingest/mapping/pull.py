"""Where a mapping's rows are read from, when they are not files that somebody puts there."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field

from ingest.mapping.value import Strict

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
SECRET_NAME = re.compile(
    r"password|passwd|passphrase|pwd|(^|[_-])pass$|secret|credential|authorization|token$|permanent_?code"
    r"|(api|access|auth|private|subscription)[_-]?key",
    re.IGNORECASE,
)
"""Names under which only a reference to a secret may stand."""
REFERENCE = re.compile(r"(env:[A-Za-z_][A-Za-z0-9_]*|keyring:[^/\s]+/\S+)")
"""Where a secret is kept: `env:NAME`, or `keyring:SERVICE/USER`."""

Place = tuple[Any, ...]


class Pull(Strict):
    """A system that is asked for its rows, again and again."""

    connector: str
    """`sql`, `rest`, or what an installed package adds under the entry-point group `relgraph.connectors`."""
    every: str = Field(default="15m", pattern=r"^[1-9][0-9]*[smhd]$")
    """How often `relgraph work` asks: `90s`, `15m`, `6h`, `1d`."""
    options: dict[str, Any] = Field(default_factory=dict, alias="from")
    """What the connector needs to know: see its own model."""

    @property
    def interval(self) -> timedelta:
        """`every`."""
        return timedelta(**{UNITS[self.every[-1]]: int(self.every[:-1])})


def secret_faults(options: Any, at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every secret that stands in the options themselves, with its place; references are none."""
    if isinstance(options, dict):
        for name, value in options.items():
            if isinstance(value, dict | list):
                yield from secret_faults(value, (*at, name))
            elif SECRET_NAME.search(str(name)) and not _tells_nothing(value):
                yield (*at, name), f"`{name}` is a secret: write where it is kept, {ADVICE}"
            elif isinstance(value, str):
                yield from (((*at, name), why) for why in _in_address(value))
    elif isinstance(options, list):
        for index, value in enumerate(options):
            yield from secret_faults(value, (*at, index))


ADVICE = "`env:NAME` for a variable of the environment or `keyring:SERVICE/USER`"


def is_reference(value: Any) -> bool:
    """Whether it says where a secret is kept."""
    return isinstance(value, str) and REFERENCE.fullmatch(value) is not None


def _tells_nothing(value: Any) -> bool:
    """Whether it is no secret itself: a reference, a word that is filled in, or yes or no."""
    word = isinstance(value, str) and re.fullmatch(r"\$\{\w+\}|true|false", value, re.IGNORECASE) is not None
    return word or is_reference(value) or isinstance(value, bool)


def _in_address(value: str) -> Iterator[str]:
    """Secrets within a URL."""
    if "://" not in value:
        return
    try:
        found = urlsplit(value)
    except ValueError:
        yield "the address cannot be read: brackets belong around an IPv6 address alone"
        return
    if found.password:
        yield f"the address holds a password: leave it out, and name it as `password:`, {ADVICE}"
    elif any(SECRET_NAME.search(name) for name, _ in parse_qsl(found.query)):
        yield f"the address holds a secret behind `?`: leave it out, and name it, {ADVICE}"
