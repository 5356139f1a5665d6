"""What a widget's address says behind its question mark."""

from collections.abc import Sequence
from typing import cast

from starlette.datastructures import QueryParams

from graph.alert.playbook import Language
from graphql_api.errors import BadInput

LONGEST = 200
"""Characters of a value."""


def text(params: QueryParams, name: str) -> str | None:
    """The value, None where there is none; raises BadInput for a long one or a second one."""
    found = params.getlist(name)
    if len(found) > 1 or any(len(one) > LONGEST for one in found):
        raise BadInput(f"`{name}` is given once, with at most {LONGEST} characters")
    return found[0].strip() or None if found else None


def number(params: QueryParams, name: str, default: int) -> int:
    """A whole number; raises BadInput."""
    given = text(params, name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= 3):
        raise BadInput(f"`{name}` is a whole number, such as {default}")
    return int(given)


def several(params: QueryParams, name: str, most: int) -> Sequence[str]:
    """The values of a name that may be repeated, each once; raises BadInput."""
    found = list(dict.fromkeys(one.strip() for one in params.getlist(name) if one.strip()))
    if len(found) > most or any(len(one) > LONGEST for one in found):
        raise BadInput(f"`{name}` is given at most {most} times, with at most {LONGEST} characters each")
    return found


def language(params: QueryParams) -> Language:
    """`locale`, English unless said otherwise; raises BadInput."""
    given = text(params, "locale") or "en"
    if given not in ("en", "zh"):
        raise BadInput("`locale` is en or zh")
    return cast("Language", given)


def only(params: QueryParams, *names: str) -> None:
    """Raise BadInput for a name that this address does not know."""
    if unknown := sorted(params.keys() - set(names)):
        raise BadInput(f"no `{unknown[0][:40]}` here; there are {', '.join(f'`{one}`' for one in names)}")
