"""Groups of columns that a row above the header names: `Contact` over `Name` and `Email`."""

from collections import Counter

from ingest.staging.source import Source


def grouped(source: Source, skipped: int) -> dict[str, str]:
    """Columns whose name stands twice, with the name of their group before it: it tells whose they are.

    skipped: rows above the header, of which the last may name groups; a title alone names none.
    """
    above = next((cells for row, cells in source.head if skipped and row == skipped - 1), ())
    names = [name.strip() for name in source.header or ()]
    if sum(1 for cell in above if cell.strip()) < 2 or len(names) != len(source.columns):
        return {}
    groups: list[str] = []
    for place in range(len(names)):
        own = above[place].strip() if place < len(above) else ""
        groups.append(own or (groups[-1] if groups else ""))
    times = Counter(names)
    return {
        column: f"{group} {name}"
        for column, name, group in zip(source.columns, names, groups, strict=True)
        if times[name] > 1 and group and name
    }
