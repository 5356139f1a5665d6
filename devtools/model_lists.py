"""`python -m devtools.model_lists`: write the lists of labels, links and values into docs/ingest.md.

They are read from the graph model, so that the document cannot name what the model does not have; a test
fails where the document is behind.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from graph.model import FACTS, NODES, PARTS
from ingest.mapping.checks import LINKS, LOADABLE
from ingest.mapping.fields import choices_of, field_names, link_fields, required_fields, type_of

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "ingest.md"
BEGIN, END = "<!-- lists of the model: python -m devtools.model_lists -->", "<!-- end of the lists -->"


def lists() -> str:
    """All three lists as Markdown."""
    labels = [f"| `{label}` | {_fields(label, field_names(label))} |" for label in sorted(LOADABLE)]
    links = [f"| `{kind}` | {_ends(kind)} | {_fields(kind, link_fields(kind))} |" for kind in sorted(LINKS)]
    return "\n".join([
        "### Labels and their fields\n",
        "In **bold**: required. Without a word behind it, a field is text.\n",
        "| label | fields |", "|---|---|", *labels,
        "\n### Links, what they join, and their fields\n",
        "| type | from → to | fields |", "|---|---|---|", *links,
        "\n### Fields with a fixed set of values\n",
        "Case does not count, and usual words of other languages are understood; others need a `map:`, or go"
        " to quarantine.\n",
        "| field | values |", "|---|---|", *_enumerations(),
    ])  # fmt: skip


def _fields(kind: str, names: frozenset[str]) -> str:
    return ", ".join(_field(kind, name) for name in sorted(names)) or "–"


def _field(kind: str, name: str) -> str:
    shown = f"**{name}**" if name in required_fields(kind) else name
    word = "one of a set" if choices_of(kind, name) else type_of(kind, name)
    return shown if word == "text" else f"{shown} ({word})"


def _ends(kind: str) -> str:
    ends = [pair for pair in (FACTS.get(kind) or PARTS[kind]).ends if LOADABLE.issuperset(pair)]
    return ", ".join(f"{start} → {end}" for start, end in ends)


def _enumerations() -> list[str]:
    """One line for every set of values, with all fields that take it."""
    fields: dict[tuple[str, ...], list[str]] = {}
    named = [
        (label, name) for label in sorted(LOADABLE & NODES.keys()) for name in sorted(field_names(label))
    ]
    named += [(kind, name) for kind in sorted(LINKS) for name in sorted(link_fields(kind))]
    for kind, name in named:
        if values := choices_of(kind, name):
            fields.setdefault(values, []).append(f"`{kind}.{name}`")
    return [f"| {', '.join(names)} | {', '.join(values)} |" for values, names in fields.items()]


def renewed(text: str) -> str:
    """The document with today's lists between its marks."""
    head, rest = text.split(BEGIN)
    return f"{head}{BEGIN}\n{lists()}\n{END}{rest.split(END)[1]}"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command; it takes no arguments but --help."""
    ArgumentParser(prog="python -m devtools.model_lists", description=__doc__).parse_args(arguments)
    DOCUMENT.write_text(renewed(DOCUMENT.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
