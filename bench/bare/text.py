"""The bare statements, one file each in this folder, with their label, type and key names filled in."""

from importlib import resources


def statement(name: str, **names: str) -> str:
    """The text of `<name>.cypher` with `{placeholders}` replaced; the names come from graph.model only."""
    text = resources.files("bench.bare").joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    for placeholder, value in names.items():
        text = text.replace("{" + placeholder + "}", value)
    return text


def temporal_clause(variable: str, properties: frozenset[str]) -> str:
    """` SET v.p = datetime(row.props.p)` for each temporal property: both engines need the conversion."""
    return "".join(f"\nSET {variable}.{name} = datetime(row.props.{name})" for name in sorted(properties))
