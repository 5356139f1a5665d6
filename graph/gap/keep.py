"""Inferred values as a customer's profile keeps them, beside what is stated."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import duckdb
import orjson

from graph.gap.fill import Filled, filled
from graph.gap.read import known_in
from graph.gap.readings import FIELDS
from graph.profile.model import Company


def packed_gaps(history: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """By customer, the inferred values of its gaps as JSON. history: its views."""
    known = known_in(history)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for field in FIELDS:
        for one in filled(known, field):
            found[one.customer_id].append(asdict(one))
    for customer_id, values in sorted(found.items()):
        yield customer_id, orjson.dumps(values).decode()


def gaps_of(company: Company, figures: Mapping[str, Any] | None) -> list[Filled]:
    """What is inferred of a customer and not stated meanwhile. figures: of its profile."""
    packed = (figures or {}).get("inferred")
    values = [Filled(**(one | {"sources": tuple(one["sources"])})) for one in orjson.loads(packed or "[]")]
    return [one for one in values if not _stated(company, one.field)]


def _stated(company: Company, field: str) -> bool:
    return bool((company.domains or company.website) if field == "domain" else getattr(company, field))
