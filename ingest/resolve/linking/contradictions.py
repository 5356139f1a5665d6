"""What tells two records of one name apart: fields in which both say something, and not the same."""

from collections.abc import Mapping
from typing import Any

from graph.company_name import simplified
from graph.legal_form import of_other_forms
from graph.search_key.fold import words
from ingest.resolve.compared import Kind, same
from ingest.resolve.linking.sharing import Both

Record = Mapping[Any, Any]


def contradictions(kind: Kind, one: Record, other: Record, shared: Mapping[str, Both]) -> set[str]:
    """Fields in which both say something, and not the same."""
    fields = ("tax_id", "phone", "website", "city") if kind == "Customer" else ("email", "phone", "mobile")
    forms = (
        {"legal form"}
        if kind == "Customer" and of_other_forms(str(one.get("name") or ""), str(other.get("name") or ""))
        else set()
    )
    return forms | {
        field
        for field in fields
        if field not in shared and one.get(field) and other.get(field)
        and not _agree(field, one[field], other[field])
    }  # fmt: skip


def _agree(field: str, one: object, other: object) -> bool:
    if same(field, one, other):
        return True
    if field != "city":
        return False
    left, right = (_place(str(city)) for city in (one, other))
    return left.startswith(right) or right.startswith(left)


def _place(city: str) -> str:
    """A town without what it ends with: 上海 is 上海市."""
    plain = "".join(words(simplified(city)))
    return plain[:-1] if len(plain) > 2 and plain[-1] in "市县区" else plain
