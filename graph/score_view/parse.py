"""Rows of scores and recommendations, as the models wrote them, to values with their reasons parsed.

Who does not see all customers (`whole` is false) is told nothing of what others bought: a reason that names
another customer is left out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from graph.score_view.model import Evidence, PathNode, ProductReason, Risk, RiskReason, Suggestion
from graph.score_view.words import Clause
from graph.service import Row


def suggestions(found: Sequence[Row]) -> tuple[Suggestion, ...]:
    """What is suggested, from stored properties, in their order."""
    return tuple(_suggestion(row) for row in found)


def risk(row: Row) -> Risk:
    """One score from its stored properties."""
    return Risk(**(_stored(row) | {"reasons": reasons_told(row)}))


def reasons_told(row: Row) -> tuple[RiskReason, ...]:
    """The reasons of a score's or forecast's stored properties, as far as whoever asks is told them."""
    reasons = (_risk_reason(item) for item in _parsed(row["reasons"]))
    return tuple(one for one in reasons if row["whole"] or not _of_others(one.evidence))


def _suggestion(row: Row) -> Suggestion:
    reasons = (_product_reason(item) for item in _parsed(row["reasons"]))
    told = tuple(one for one in reasons if row["whole"] or not _of_others(one.path[1:]))
    return Suggestion(**(_stored(row) | {"reasons": told}))


def _stored(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "whole"}


def _of_others(named: Iterable[Evidence | PathNode]) -> bool:
    """Whether a customer is among these, which are not the one whom the reason is about."""
    return any(one.kind == "Customer" for one in named)


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
        said=_said(item),
    )


def evidence(typed: str) -> Evidence:
    """A typed id such as `Ticket:desk:417` as kind and id."""
    kind, _, key = typed.partition(":")
    return Evidence(kind, key)


def _product_reason(item: dict[str, Any]) -> ProductReason:
    nodes = (PathNode(node["kind"], node["id"], node["label"]) for node in item.get("path") or ())
    return ProductReason(item["text"], item["contribution"], tuple(nodes), _said(item))


def _said(item: dict[str, Any]) -> tuple[Clause, ...]:
    return tuple(Clause(*one) for one in item.get("said") or ())
