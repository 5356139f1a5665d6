"""Whether two names say different legal forms: `Müller GmbH` is not `Müller AG`."""

from graph.search_key.fold import words

FORMS = frozenset(
    ("gmbh", "ag", "kg", "kgaa", "ohg", "ug", "ek", "se", "sa", "sas", "sarl", "eurl", "srl", "spa", "sl",
     "bv", "nv", "ab", "as", "oy", "aps", "ltd", "plc", "llp", "llc", "inc")
)  # fmt: skip
"""Legal forms under which one name heads several companies: `GmbH & Co. KG` and its `GmbH`."""
SPELT = {
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "inc",
    "corp": "inc",
    "aktiengesellschaft": "ag",
}


def of_other_forms(one: str, other: str) -> bool:
    """Whether each name has a legal form, and they are not the same. Chinese forms change with a company."""
    left, right = _forms_in(one), _forms_in(other)
    return bool(left and right and left != right)


def _forms_in(name: str) -> set[str]:
    return {SPELT.get(word, word) for word in words(name)[1:]} & FORMS
