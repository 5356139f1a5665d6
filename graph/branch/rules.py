"""The three rules by which a customer is a branch of another: by tax number, by name, by name and place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.branch.known import Companies, bare_name
from graph.branch.model import Branch
from graph.branch.name import BranchName
from graph.branch.tax_unit import TaxUnit
from graph.company_name import names_place, read_company_name
from graph.legal_form import of_other_forms
from graph.search_key.fold import words
from graph.search_key.legal_form import without_legal_form

BY_TAX, BY_NAME, BY_PLACE = "branch:tax-number", "branch:name", "branch:name-and-place"
SURE_BY_TAX, SURE_BY_NAME, SURE_BY_BRAND, SURE_BY_PLACE = 0.98, 0.95, 0.8, 0.7
"""Judgements, kept below what `python -m bench.branches` shows of each on cases made by hand."""


def by_tax(known: Companies) -> Iterator[Branch]:
    """The establishments of a body whose seat is a customer, too."""
    bodies = defaultdict[tuple[str, str], list[tuple[str, TaxUnit]]](list)
    for customer_id, units in known.units.items():
        for unit in units:
            bodies[unit.scheme, unit.root].append((customer_id, unit))
    for members in bodies.values():
        seat = _seat(known, members)
        for customer_id, unit in members:
            if seat is not None and unit.unit != seat[1].unit and _named_alike(known, customer_id, seat[0]):
                yield Branch(seat[0], customer_id, BY_TAX, SURE_BY_TAX)


def _seat(known: Companies, members: Sequence[tuple[str, TaxUnit]]) -> tuple[str, TaxUnit] | None:
    """The body's seat: by its number, else the one whose name says no branch beside those that do.

    Of several records of one number the one with the smallest id.
    """
    seats = [one for one in members if one[1].is_seat]
    if not seats and any(one in known.parts for one, _ in members):
        seats = [one for one in members if one[0] not in known.parts]
    if len({known.by_id[one].tax_id for one, _ in seats}) != 1:
        return None
    return min(seats, key=lambda one: one[0])


def _named_alike(known: Companies, branch: str, company: str) -> bool:
    """Whether nothing in the names says that the numbers were mistaken."""
    one, other = known.by_id[branch].name, known.by_id[company].name
    part = known.parts.get(branch)
    return _brand(part.head if part else one) == _brand(other)


def by_name(known: Companies) -> Iterator[Branch]:
    """Customers whose name says that they are a part of one that is a customer, too."""
    for branch, part in known.parts.items():
        found = _only(known, branch, _heads(known, branch, part))
        if found is not None and (part.full or _tells(part) or known.near(branch, found)):
            yield Branch(found, branch, BY_NAME, SURE_BY_NAME if part.full else SURE_BY_BRAND)


def _heads(known: Companies, branch: str, part: BranchName) -> list[str]:
    """Companies of the name that the branch says: as it stands there, else but for the legal form."""
    exact = known.of_full_name(part.head, branch)
    loose = known.of_bare_name(bare_name(part.head), branch)
    return exact or [
        one
        for one in loose
        if one not in known.parts and not of_other_forms(part.head, known.by_id[one].name)
    ]


def _only(known: Companies, branch: str, heads: Sequence[str]) -> str | None:
    """The one company among these; of several the one that is near, or all of one tax number."""
    if len(heads) < 2:
        return next(iter(heads), None)
    near = [one for one in heads if known.near(branch, one)] or heads
    numbers = {known.by_id[one].tax_id for one in near}
    if len(near) == 1 or (len(numbers) == 1 and None not in numbers):
        return min(near)
    return None


def by_place(known: Companies) -> Iterator[Branch]:
    """Companies called as another with a place behind it, with a tax number of their own and one site."""
    for branch, company in known.by_id.items():
        if branch in known.parts or company.tax_id is None or not known.sites[branch]:
            continue
        named = words(company.name)
        for head in _heads_before_a_place(named, words(company.city or "")):
            of_name = known.of_bare_name(head, branch)
            beside = [one for one in of_name if _other_body(known, branch, one)]
            if len(beside) == 1:
                yield Branch(beside[0], branch, BY_PLACE, SURE_BY_PLACE)


def _other_body(known: Companies, branch: str, company: str) -> bool:
    one, other = known.by_id[branch], known.by_id[company]
    return (
        other.tax_id not in (None, one.tax_id)
        and bool(known.sites[branch] & known.sites[company])
        and not of_other_forms(one.name, other.name)
    )


def _heads_before_a_place(name: tuple[str, ...], city: tuple[str, ...]) -> Iterator[str]:
    """`acme gmbh` of `acme gmbh berlin`; `acme` of `acme berlin gmbh`."""
    bare = without_legal_form(name)
    for whole in dict.fromkeys((name, bare)):
        for size in (1, 2):
            place = whole[-size:]
            if len(whole) > size and (names_place(place) or (bool(city) and place == city)):
                yield " ".join(without_legal_form(whole[:-size]))


def _tells(part: BranchName) -> bool:
    """Whether a name without legal form tells its company from others: a place, and more than a brand."""
    return part.place is not None and read_company_name(part.head).trade is not None


def _brand(name: str) -> tuple[str, ...]:
    return without_legal_form(words(read_company_name(name).brand))
