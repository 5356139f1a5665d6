"""Whose keys each table carries, and which a rule has to name."""

from collections.abc import Mapping

from ingest.proposal.proposed import Proposal, Proposed

SOURCE = "exports"
"""Whose keys they are, where all files number alike."""


def sources_of(proposal: Proposal) -> dict[str, str]:
    """By table: whose keys it carries. A second table of a label whose keys are others numbers for itself.

    One of the same columns goes on with an earlier one, such as the sheet of the next month.
    """
    seen: dict[str, set[str]] = {}
    headers: dict[tuple[str, ...], str | None] = {}
    sources: dict[str, str] = {}
    for one in proposal.tables:
        key = one.own_key
        label = one.record.label
        if key is None or one.record.lines or one.record.link is not None:
            continue
        values = {value.casefold() for value in key.column.sample}
        header = (label, *(decided.column.name for decided in one.columns))
        if header in headers:
            if (before := headers[header]) is not None:
                sources[one.table.name] = before
        elif label in seen and not values & seen[label] and values:
            sources[one.table.name] = f"{SOURCE}_{len(set(sources.values())) + 2}"
        headers.setdefault(header, sources.get(one.table.name))
        seen.setdefault(label, set()).update(values)
    return sources


def seen_from(one: Proposed, proposal: Proposal, sources: Mapping[str, str]) -> dict[str, str]:
    """By table: the source that a rule of one table has to name, for its own is another."""
    own = sources.get(one.table.name, SOURCE)
    named = {other.table.name: sources.get(other.table.name, SOURCE) for other in proposal.tables}
    return {name: source for name, source in named.items() if source != own}
