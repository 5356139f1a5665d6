"""Mail addresses and telephone numbers out of cells that may hold several of them."""

import re

SEPARATED = r"[;,|、；，\n]|\s/\s|\s(?:or|oder|und|and|et|或)\s"
"""What stands between several numbers of one cell."""
SHORTEST, LONGEST = 5, 15
"""Digits of a telephone number (E.164 allows 15)."""

_ADDRESS = re.compile(r"""[^\s<>"',;:()\[\]|/、；，]+@[^\s<>"',;:()\[\]|/、；，]+""")
_NAMES = re.compile(r'"[^"]*"\s*<|[^,;<>]*<')


def addresses(text: str) -> list[str]:
    """Every mail address of a cell in its order, each once; display names are left out."""
    found = _ADDRESS.findall(_NAMES.sub("<", text))
    kept = {item.rstrip(".").casefold(): item.rstrip(".") for item in reversed(found)}
    return [item for item in reversed(kept.values()) if _plausible(item)]


def phones(text: str) -> list[str]:
    """Every telephone number of a cell in its order, as written, each once by its digits."""
    parts = [part.strip() for part in re.split(SEPARATED, text)]
    numbers = [number for part in parts for number in _of_length(part)]
    kept = {digits: number for number in reversed(numbers) if len(digits := _digits(number)) >= SHORTEST}
    return list(reversed(kept.values()))


def _of_length(part: str) -> list[str]:
    """The part, or what stands between its blanks and slashes where it is too long for one number."""
    pieces = re.split(r"[\s/]+", part)
    several = len(_digits(part)) > LONGEST and all(len(_digits(piece)) >= 7 for piece in pieces)
    return pieces if several else [part]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _plausible(address: str) -> bool:
    """One `@` with a name before it and a host with a dot behind it."""
    name, _, host = address.rpartition("@")
    return bool(name) and "@" not in name and re.fullmatch(r"[^\W_](?:[\w-]*\.?)*[^\W_]", host) is not None
