"""Whether two names say different legal forms: `Müller GmbH` is not `Müller AG`."""

from graph.search_key.fold import words
from graph.search_key.legal_form import heading_forms


def of_other_forms(one: str, other: str) -> bool:
    """Whether each name has a legal form, and they are not the same. Chinese forms change with a company."""
    left, right = (heading_forms(words(name)) for name in (one, other))
    return bool(left and right and left != right)
