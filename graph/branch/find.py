"""Which customers are branches, and of which company: by tax numbers of one body, by name, by name and place.

A parent is named only where one company fits: of two that do, the one that shares a site or a tax body with
the branch, else neither. What sources state stands before it, and no link closes a circle.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.branch.model import Branch, Company
from graph.branch.name import BranchName, folded, read_branch
from graph.branch.tax_unit import TaxUnit, tax_units
from graph.company_name import names_place, read_company_name
from graph.legal_form import of_other_forms
from graph.search_key.fold import words
from graph.search_key.legal_form import without_legal_form

BY_TAX, BY_NAME, BY_PLACE = "branch:tax-number", "branch:name", "branch:name-and-place"
SURE_BY_TAX, SURE_BY_NAME, SURE_BY_BRAND, SURE_BY_PLACE = 0.98, 0.95, 0.8, 0.7
"""Judgements, kept below what `python -m bench.branches` shows of each on cases made by hand."""
FEW = 5
"""Customers that may share a site before it says nothing of any two."""


def find_branches(companies: Iterable[Company], stated: Iterable[tuple[str, str]] = ()) -> list[Branch]:
    """The branches among these companies, by id of the branch. stated: (parent, child) by source or people.

    A company with a stated parent gets none.
    """
    book = _Book(list(companies))
    above = defaultdict[str, set[str]](set)
    for parent, child in stated:
        above[child].add(parent)
    told = {child for child, parents in above.items() if parents}
    found = dict[str, Branch]()
    for one in sorted(book.candidates(), key=lambda branch: (-branch.confidence, branch.child_id)):
        if one.child_id in told or one.child_id in found or one.child_id in _reached(one.parent_id, above):
            continue
        found[one.child_id] = one
        above[one.child_id].add(one.parent_id)
    return [found[child] for child in sorted(found)]


def _reached(start: str, above: Mapping[str, set[str]]) -> set[str]:
    """The company and all that stand above it."""
    reached, open_ends = {start}, [start]
    while open_ends:
        further = above.get(open_ends.pop(), set()) - reached
        reached |= further
        open_ends += further
    return reached


class _Book:
    """The companies, found by what names and numbers say of them."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self.companies = {one.customer_id: one for one in companies}
        self.parts = {
            one.customer_id: read
            for one in companies
            if (read := read_branch(one.name, one.city)) is not None
        }
        self.units = {one.customer_id: tax_units(one.tax_id) for one in companies}
        usual = Counter(domain for one in companies for domain in one.domains)
        self.domains = {
            one.customer_id: frozenset(domain for domain in one.domains if usual[domain] <= FEW)
            for one in companies
        }
        self.by_full_name, self.by_name = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for one in companies:
            self.by_full_name[folded(one.name)].append(one.customer_id)
            for name in {_bare(one.name), _bare(one.short_name or one.name)}:
                self.by_name[name].append(one.customer_id)

    def candidates(self) -> Iterator[Branch]:
        """Every link that a rule finds."""
        yield from self._by_tax()
        yield from self._by_name()
        yield from self._by_place()

    def _by_tax(self) -> Iterator[Branch]:
        """The establishments of a body whose seat is a customer, too."""
        bodies = defaultdict[tuple[str, str], list[tuple[str, TaxUnit]]](list)
        for customer_id, units in self.units.items():
            for unit in units:
                bodies[unit.scheme, unit.root].append((customer_id, unit))
        for members in bodies.values():
            seat = self._seat(members)
            for customer_id, unit in members:
                if seat is not None and unit.unit != seat[1].unit and self._named_alike(customer_id, seat[0]):
                    yield Branch(seat[0], customer_id, BY_TAX, SURE_BY_TAX)

    def _seat(self, members: Sequence[tuple[str, TaxUnit]]) -> tuple[str, TaxUnit] | None:
        """The body's seat: by its number, else the one whose name says no branch beside those that do.

        Of several records of one number the one with the smallest id.
        """
        seats = [one for one in members if one[1].is_seat]
        if not seats and any(one in self.parts for one, _ in members):
            seats = [one for one in members if one[0] not in self.parts]
        if len({self.companies[one].tax_id for one, _ in seats}) != 1:
            return None
        return min(seats, key=lambda one: one[0])

    def _named_alike(self, branch: str, company: str) -> bool:
        """Whether nothing in the names says that the numbers were mistaken."""
        one, other = self.companies[branch].name, self.companies[company].name
        part = self.parts.get(branch)
        return _brand(part.head if part else one) == _brand(other)

    def _by_name(self) -> Iterator[Branch]:
        for branch, part in self.parts.items():
            found = self._only(branch, self._heads(branch, part))
            if found is not None and (part.full or _tells(part) or self._near(branch, found)):
                yield Branch(found, branch, BY_NAME, SURE_BY_NAME if part.full else SURE_BY_BRAND)

    def _heads(self, branch: str, part: BranchName) -> list[str]:
        """Companies of the name that the branch says: as it stands there, else but for the legal form."""
        exact = [one for one in self.by_full_name.get(part.head, ()) if one != branch]
        loose = [one for one in self.by_name.get(_bare(part.head), ()) if one != branch]
        return exact or [
            one
            for one in loose
            if one not in self.parts and not of_other_forms(part.head, self.companies[one].name)
        ]

    def _only(self, branch: str, heads: Sequence[str]) -> str | None:
        """The one company among these; of several the one that is near, or all of one tax number."""
        if len(heads) < 2:
            return next(iter(heads), None)
        near = [one for one in heads if self._near(branch, one)] or heads
        numbers = {self.companies[one].tax_id for one in near}
        if len(near) == 1 or (len(numbers) == 1 and None not in numbers):
            return min(near)
        return None

    def _near(self, one: str, other: str) -> bool:
        """Whether the two share a site, or their numbers are of one body."""
        roots = ({(unit.scheme, unit.root) for unit in self.units[each]} for each in (one, other))
        return bool(self.domains[one] & self.domains[other] or set.intersection(*roots))

    def _by_place(self) -> Iterator[Branch]:
        """Companies called as another with a place behind it, with a tax number of their own and one site."""
        for branch, company in self.companies.items():
            if branch in self.parts or company.tax_id is None or not self.domains[branch]:
                continue
            named = words(company.name)
            for head in _heads_before_a_place(named, words(company.city or "")):
                of_name = [one for one in self.by_name.get(head, ()) if one != branch]
                beside = [one for one in of_name if self._other_body(branch, one)]
                if len(beside) == 1:
                    yield Branch(beside[0], branch, BY_PLACE, SURE_BY_PLACE)

    def _other_body(self, branch: str, company: str) -> bool:
        one, other = self.companies[branch], self.companies[company]
        return (
            other.tax_id not in (None, one.tax_id)
            and bool(self.domains[branch] & self.domains[company])
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


def _bare(name: str) -> str:
    """A folded name without its legal form."""
    plain = folded(name)
    return ("" if " " not in plain and not plain.isascii() else " ").join(without_legal_form(words(plain)))


def _brand(name: str) -> tuple[str, ...]:
    return without_legal_form(words(read_company_name(name).brand))
