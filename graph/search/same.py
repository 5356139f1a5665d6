"""Which hits may be two records of one company or person."""

from collections.abc import Sequence

from graph.search.document import Document


def may_be_one(found: Sequence[Document]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Per hit, by label and id, the ids of others of its label that may be the same."""
    pairs: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in found:
        others = tuple(other.node_id for other in found if other is not one and _may_be_one(one, other))
        if others:
            pairs[one.label, one.node_id] = others
    return pairs


def _may_be_one(one: Document, other: Document) -> bool:
    """The same name, legal form aside, unless a place speaks against it; or brand and phone or domain."""
    if one.label != other.label or one.label not in {"Customer", "Contact"}:
        return False
    named, shared = bool(_names(one) & _names(other)), _shared(one, other)
    if one.label == "Contact":
        return named and (shared or bool(_companies(one) & _companies(other)))
    if shared:
        return named or bool(_brands(one) & _brands(other))
    return named and not _apart(one, other)


def _names(one: Document) -> set[str]:
    return {name.core for name in one.names}


def _brands(one: Document) -> set[str]:
    """The brands, and first words: what is a trade is not always known."""
    return {form for name in one.names for form in (name.brand, *name.words[:1])}


def _companies(one: Document) -> set[str]:
    return {name.core for name in one.companies}


def _shared(one: Document, other: Document) -> bool:
    """A phone number, domain or address that both have."""
    pairs = ((one.phones, other.phones), (one.domains, other.domains), (one.mails, other.mails))
    return any(set(ours) & set(theirs) for ours, theirs in pairs)


def _apart(one: Document, other: Document) -> bool:
    """Both say where they are, and it is not the same place."""
    ours, theirs = ({*found.places, *(name.place for name in found.names)} - {""} for found in (one, other))
    return bool(ours and theirs and not ours & theirs)
