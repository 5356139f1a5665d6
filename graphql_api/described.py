"""What the fields of the schema mean, where code says no more than their name: once for each name."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from graphql import GraphQLSchema

from graph.packaged import packaged_yaml


def describe(schema: GraphQLSchema) -> None:
    """Give every field without a description that of `fields.yml`; raises KeyError for one that has none."""
    for place, field in undescribed(schema):
        field.description = meaning(place)


def undescribed(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    """`Type.field` and the field of all that code does not describe."""
    for name, kind in schema.type_map.items():
        if not name.startswith("__"):
            for field_name, field in getattr(kind, "fields", {}).items():
                if not field.description:
                    yield f"{name}.{field_name}", field


def meaning(place: str) -> str:
    """What `Type.field` means: as it is said of the type, or of the name wherever it stands."""
    texts = _texts()
    return texts[place] if place in texts else texts[place.partition(".")[2]]


@cache
def _texts() -> dict[str, str]:
    return {str(name): str(text) for name, text in packaged_yaml("graphql_api", "fields.yml").items()}
