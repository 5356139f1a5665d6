"""The mapping that a proposal stands for: datasets with nodes and links as `relgraph ingest` reads them."""

import re
from collections.abc import Mapping
from typing import Any

from ingest.mapping.kinds import ITEM
from ingest.proposal.columns.profile import NULLS
from ingest.proposal.draft.books import in_books
from ingest.proposal.draft.cancelled import cancelled
from ingest.proposal.draft.consents import consents, purposes
from ingest.proposal.draft.link_rules import links
from ingest.proposal.draft.nodes import is_summed, node_of
from ingest.proposal.draft.own_kinds import declared_kinds
from ingest.proposal.draft.places import places_of
from ingest.proposal.draft.sources import SOURCE, sources_of
from ingest.proposal.proposed import Proposal, Proposed
from ingest.proposal.words.spelt import attribute_name


def mapping_of(proposal: Proposal) -> dict[str, Any]:
    """The mapping as nested values, without comments; its datasets in the order of the files."""
    names = dataset_names(proposal)
    sources = sources_of(proposal)
    lists = {names[one.table.name] for one in proposal.tables if one.codes}
    datasets: dict[str, dict[str, Any]] = {}
    for one in proposal.tables:
        name = names[one.table.name]
        if one.codes:
            datasets[name] = one.table.dataset.model_dump(exclude_defaults=True)
        else:
            made = {**_looked_up(one, names), **_dataset(one, proposal, sources)}
            datasets |= in_books(name, one, made)
    kept = {
        name: dataset
        for name, dataset in datasets.items()
        if dataset.get("nodes") or dataset.get("links") or name in lists
    }
    attributes, kinds = _attributes(proposal), declared_kinds(proposal.tables)
    return {
        "source": SOURCE,
        "null_values": list(NULLS),
        **({"kinds": kinds} if kinds else {}),
        **({"attributes": attributes} if attributes else {}),
        "datasets": kept or datasets,
    }


def dataset_names(proposal: Proposal) -> dict[str, str]:
    """A name for every table that a mapping may use, each once."""
    names: dict[str, str] = {}
    for one in proposal.tables:
        base = re.sub(r"\.(csv|tsv|txt|xlsx|xlsm|gz)\b", "", one.table.name)
        word = re.sub(r"\W+", "_", base).strip("_").lower() or "table"
        word = word if word.isidentifier() else f"t_{word}"
        count, free = 2, word
        while free in names.values():
            free, count = f"{word}_{count}", count + 1
        names[one.table.name] = free
    return names


def _looked_up(one: Proposed, names: Mapping[str, str]) -> dict[str, Any]:
    """What the names of a table's codes are taken from."""
    codes = {column.name: column.code for column in one.profile.columns if column.code is not None}
    found = [
        {"dataset": names[code.list], "on": {code.header: code.key}, "take": {name: code.name}}
        for name, code in codes.items()
    ]
    return {"lookups": found} if found else {}


def _dataset(one: Proposed, proposal: Proposal, sources: Mapping[str, str]) -> dict[str, Any]:
    stated = one.table.dataset.model_dump(exclude_defaults=True)
    if one.table.name in sources:
        stated["source"] = sources[one.table.name]
    places = places_of(one, proposal, sources)
    nodes = [
        node for node in (node_of(one, place) for place in places.values() if place.made) if node is not None
    ]
    made = {node["label"] for node in nodes}
    usable = {at: place for at, place in places.items() if not place.made or place.label in made}
    rules = list(links(one, usable))
    if nodes and nodes[0]["label"] == "Contact":
        given = consents(one)
        nodes += purposes(given)
        rules += [consent.link for consent in given]
    if nodes and nodes[0]["label"] == one.record.label and (ended := cancelled(one)) is not None:
        stated["deleted"] = ended
    return {**stated, **({"nodes": nodes} if nodes else {}), **({"links": rules} if rules else {})}


def _attributes(proposal: Proposal) -> dict[str, dict[str, Any]]:
    """Chinese headers stay with the attributes that are made of them; what is added up is a number."""
    declared: dict[str, dict[str, Any]] = {}
    for one in proposal.tables:
        for decided in one.columns:
            if decided.meaning.kind != "attribute" or decided.meaning.label in (None, ITEM):
                continue
            if decided.column.empty:
                continue
            stated = {} if decided.column.name.isascii() else {"name_zh": decided.column.name}
            if is_summed(one, decided):
                stated["type"] = "number"
            if stated:
                declared.setdefault(decided.meaning.label, {})[attribute_name(decided.column.name)] = stated
    return declared
