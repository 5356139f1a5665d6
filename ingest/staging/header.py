"""The names of a file's columns, from its header row, and what was done where names repeat or are missing."""

from collections.abc import Sequence

from ingest.reading.blank import BLANKS


def named_columns(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every column's name, each free in its file, and sentences on the names that the file does not have.

    A repeated name gets the first free of `_2`, `_3` …; a column without one is called `column_<position>`.
    Case and blanks around a name make no other name.
    """
    given = [cell.strip(BLANKS) for cell in cells]
    taken = {name.lower() for name in given if name}
    first: dict[str, int] = {}
    names: list[str] = []
    notes: list[str] = []
    for position, name in enumerate(given, start=1):
        key = name.lower()
        if name and key not in first:
            first[key] = position
            names.append(name)
            continue
        free = _free(name, taken) if name else _free_position(position, taken)
        taken.add(free.lower())
        names.append(free)
        if name:
            notes.append(
                f"column `{_line(name)}` stands twice (columns {first[key]} and {position}): "
                f"the second is `{_line(free)}`"
            )
    return tuple(names), (*notes, *_unnamed(given, names))


def _free(name: str, taken: set[str]) -> str:
    count = 2
    while f"{name}_{count}".lower() in taken:
        count += 1
    return f"{name}_{count}"


def _free_position(position: int, taken: set[str]) -> str:
    name = f"column_{position}"
    return name if name not in taken else _free(name, taken)


def _unnamed(given: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    called = [f"`{_line(name)}`" for cell, name in zip(given, names, strict=True) if not cell]
    if not called:
        return ()
    shown = ", ".join(called[:5]) + (" …" if len(called) > 5 else "")
    return (f"columns without a name are called {shown}",)


def _line(name: str) -> str:
    """A name on one line, as messages show it."""
    return name.replace("\r\n", "\\n").replace("\n", "\\n")
