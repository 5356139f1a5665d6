"""What a misspelt name probably meant."""

import difflib
from collections.abc import Iterable


def suggestion(name: str, known: Iterable[str]) -> str:
    """`; did you mean …?` with the nearest known name, else a list of what is known."""
    names = sorted(known)
    near = difflib.get_close_matches(name.lower(), [n.lower() for n in names], n=1, cutoff=0.6)
    if near:
        return f"; did you mean `{next(n for n in names if n.lower() == near[0])}`?"
    return f" (known: {', '.join(names)})" if names else ""
