"""Writes a directory into an engine, as a load would."""

from collections.abc import Iterable
from typing import Any

from bench.search.company import Directory, Subject
from graph.facts import fact_id
from graph.store import Store

SINCE = "2024-01-01T00:00:00+00:00"


def load(store: Store, found: Directory) -> None:
    """All subjects, the jobs of contacts and the customers of deals."""
    for subjects in (found.customers, found.contacts, found.products, found.deals):
        store.upsert_nodes(
            subjects[0].label, ({"id": one.id, "props": _given(one.props)} for one in subjects)
        )
    store.upsert_facts("WORKS_AT", "Contact", "Customer", map(_job, found.contacts))
    store.upsert_parts("FOR", "Opportunity", "Customer", map(_part, found.deals))


def _given(props: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in props.items() if value not in ("", [])}


def _job(one: Subject) -> dict[str, Any]:
    ends = (one.id, _company(one))
    key = fact_id("WORKS_AT", *ends, "bench", "", SINCE)
    props = {"fact_id": key, "valid_from": SINCE, "basis": "observed", "confidence": 1.0, "source": "bench"}
    return {"start": ends[0], "end": ends[1], "fact_id": key, "props": props}


def _part(one: Subject) -> dict[str, Any]:
    return {"start": one.id, "end": _company(one), "key": None, "props": {}}


def _company(one: Subject) -> str:
    return one.of.id if one.of else ""


def count(found: Directory) -> int:
    """How many subjects there are."""
    every: Iterable[list[Subject]] = (found.customers, found.contacts, found.products, found.deals)
    return sum(map(len, every))
