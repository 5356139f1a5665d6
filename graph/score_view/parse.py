"""Rows of scores and recommendations, as the models wrote them, to values with their reasons parsed."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from graph.score_view.model import Evidence, PathNode, ProductReason, Risk, RiskReason, Suggestion
from graph.service import Row


def suggestions(found: Sequence[Row]) -> tuple[Suggestion, ...]:
    """What is suggested, from stored properties, in their order."""
    return tuple(_suggestion(row) for row in found)


def risk(row: Row) -> Risk:
    """One score from its stored properties."""
    return Risk(**(row | {"reasons": tuple(_risk_reason(item) for item in _parsed(row["reasons"]))}))


def _suggestion(row: Row) -> Suggestion:
    return Suggestion(**(row | {"reasons": tuple(_product_reason(item) for item in _parsed(row["reasons"]))}))


def _parsed(text: str | None) -> Iterable[dict[str, Any]]:
    items: list[dict[str, Any]] = orjson.loads(text) if text else []
    return items


def _risk_reason(item: dict[str, Any]) -> RiskReason:
    return RiskReason(
        text=item["text"],
        feature=item.get("feature"),
        value=item.get("value"),
        contribution=item["contribution"],
        evidence=tuple(evidence(typed) for typed in item.get("evidence") or ()),
    )


def evidence(typed: str) -> Evidence:
    """A typed id such as `Ticket:desk:417` as kind and id."""
    kind, _, key = typed.partition(":")
    return Evidence(kind, key)


def _product_reason(item: dict[str, Any]) -> ProductReason:
    nodes = (PathNode(node["kind"], node["id"], node["label"]) for node in item.get("path") or ())
    return ProductReason(item["text"], item["contribution"], tuple(nodes))
