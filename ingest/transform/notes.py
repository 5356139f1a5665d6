"""What the report says about values: unknown words, cells with several values, values that match nothing."""

from itertools import groupby
from operator import itemgetter

from graph.sql import fill
from ingest import tables
from ingest.staging.database import Staging

SHOWN = 10
"""Values of one field that are named; the rest are counted."""


def value_notes(staging: Staging) -> list[str]:
    """One sentence for each value worth a word, the most frequent first, and one for the rest of a field."""
    query = fill(
        """SELECT dataset, field, note, text, rows FROM {t}
        ORDER BY dataset, field, rows DESC, text, note""",
        t=tables.VALUE_NOTE.table,
    )
    sentences: list[str] = []
    for (dataset, field), found in groupby(staging.rows(query), key=itemgetter(0, 1)):
        rows = list(found)
        sentences += [_sentence(dataset, field, *row[2:]) for row in rows[:SHOWN]]
        if len(rows) > SHOWN:
            sentences.append(f"{dataset}: {field}: {len(rows) - SHOWN:,} more values of such kinds")
    return sentences


def _sentence(dataset: str, field: str, note: str, text: str, rows: int) -> str:
    counted = "1 row" if rows == 1 else f"{rows:,} rows"
    shown = note if note.startswith(("`", "guessed ")) else f"`{text}` {note}"
    return f"{dataset}: {field}, {counted}: {shown}"
