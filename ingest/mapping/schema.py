"""The JSON Schema of mappings, so that editors complete and check them."""

from typing import Any

from ingest.mapping.checks import LINKS, LOADABLE
from ingest.mapping.fields import field_names, link_fields
from ingest.mapping.model import Mapping

SHORT: dict[str, list[dict[str, Any]]] = {
    "Value": [{"type": "string"}, {"type": "number"}],
    "End": [{"type": "object"}],
}
"""What may be written in the place of the long form: a column's name; `{Customer: AccountId}`."""


def mapping_schema() -> dict[str, Any]:
    """Draft 2020-12, with the labels, relationship types and fields of the model, and the short forms."""
    schema = Mapping.model_json_schema()
    shapes = schema["$defs"]
    shapes["NodeRule"] = _by_name(
        shapes["NodeRule"], "label", {one: field_names(one) for one in sorted(LOADABLE)}
    )
    shapes["LinkRule"] = _by_name(
        shapes["LinkRule"], "type", {one: link_fields(one) for one in sorted(LINKS)}
    )
    for name, short in SHORT.items():
        shapes[f"Long{name}"] = shapes[name]
        shapes[name] = {"anyOf": [{"$ref": f"#/$defs/Long{name}"}, *short]}
    _one_item_lists(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A mapping of relgraph",
        **{name: value for name, value in schema.items() if name != "title"},
    }  # fmt: skip


def _by_name(shape: dict[str, Any], key: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The shape with the names that may stand under `key`, and for each of them its fields."""
    known = {**shape["properties"], key: {"enum": list(fields)}}
    allowed = [
        {
            "if": {"properties": {key: {"const": name}}},
            "then": {"properties": {"fields": {"propertyNames": {"enum": sorted(own)}}}},
        }
        for name, own in fields.items()
    ]
    return {**shape, "properties": {**known, "kind": {"type": "string"}}, "allOf": allowed}


def _one_item_lists(told: Any) -> None:
    """A list of one may be written without its brackets."""
    if isinstance(told, dict):
        for value in told.values():
            _one_item_lists(value)
        if told.get("type") == "array" and "items" in told:
            whole = dict(told)
            told.clear()
            told["anyOf"] = [whole, whole["items"]]
    elif isinstance(told, list):
        for value in told:
            _one_item_lists(value)
