"""The kinds that a proposed mapping declares for what stands at customers: one for each table of items."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ingest.mapping.checks import OWN_NAMES
from ingest.mapping.kinds import ITEM
from ingest.proposal.columns.tables import words_of
from ingest.proposal.proposed import Proposed
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.spelt import attribute_name

STANDS = {"Customer": "installed_at", "Product": "is_a", "Ticket": "concerned_by", ITEM: "part_of"}
"""How an item has to do with a record of each label."""


def kind_of(one: Proposed) -> str:
    """The id of the kind that a table of items is of, by the name of its file or sheet."""
    return attribute_name(" ".join(_words(one)) or one.table.name)


def declared_kinds(tables: Iterable[Proposed]) -> dict[str, dict[str, Any]]:
    """The kinds of all tables of items, each with its columns without a field of the model as fields.

    Tables of one name are of one kind, which has the fields of all: `machines 2024.csv`, `machines 2025.csv`.
    """
    by_kind: dict[str, list[Proposed]] = defaultdict(list)
    for one in tables:
        if one.record.label == ITEM:
            by_kind[kind_of(one)].append(one)
    return {kind: _declared(kind, of_kind) for kind, of_kind in by_kind.items()}


def field_name(header: str) -> str:
    """A header as the name of a kind's field; what every item has is not declared anew."""
    name = attribute_name(header)
    return f"{name}_" if name in OWN_NAMES else name


def _declared(kind: str, tables: Sequence[Proposed]) -> dict[str, Any]:
    called = words_of(tables[0].table).strip()
    fields = {
        field_name(d.column.name): {"name_en" if d.column.name.isascii() else "name_zh": d.column.name}
        for one in tables
        for d in one.columns
        if d.meaning.text == f"{ITEM} attribute" and not d.column.empty
    }
    return {"name": called or kind, **({"fields": fields} if fields else {})}


def _words(one: Proposed) -> tuple[str, ...]:
    return lexicon().tokens(words_of(one.table))
