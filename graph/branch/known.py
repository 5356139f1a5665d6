"""The companies among which branches are looked for, found by what their names and numbers say."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from graph.branch.model import Company
from graph.branch.name import folded, read_branch
from graph.branch.tax_unit import tax_units
from graph.search_key.fold import words
from graph.search_key.legal_form import without_legal_form

FEW = 5
"""Customers that may share a site before it says nothing of any two."""


class Companies:
    """Companies by id, with the names that say a part, the units of tax numbers, and the sites of few."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self.by_id = {one.customer_id: one for one in companies}
        self.parts = {
            one.customer_id: read
            for one in companies
            if (read := read_branch(one.name, one.city)) is not None
        }
        self.units = {one.customer_id: tax_units(one.tax_id) for one in companies}
        usual = Counter(domain for one in companies for domain in one.domains)
        self.sites = {
            one.customer_id: frozenset(domain for domain in one.domains if usual[domain] <= FEW)
            for one in companies
        }
        self._by_full_name, self._by_bare_name = (
            defaultdict[str, list[str]](list),
            defaultdict[str, list[str]](list),
        )
        for one in companies:
            self._by_full_name[folded(one.name)].append(one.customer_id)
            for name in {bare_name(one.name), bare_name(one.short_name or one.name)}:
                self._by_bare_name[name].append(one.customer_id)

    def of_full_name(self, name: str, but: str) -> list[str]:
        """Companies of this folded name, as it stands, without one."""
        return [one for one in self._by_full_name.get(name, ()) if one != but]

    def of_bare_name(self, name: str, but: str) -> list[str]:
        """Companies whose name, or short name, is this one without its legal form, without one."""
        return [one for one in self._by_bare_name.get(name, ()) if one != but]

    def near(self, one: str, other: str) -> bool:
        """Whether the two share a site, or their numbers are of one body."""
        roots = ({(unit.scheme, unit.root) for unit in self.units[each]} for each in (one, other))
        return bool(self.sites[one] & self.sites[other] or set.intersection(*roots))


def bare_name(name: str) -> str:
    """A folded name without its legal form."""
    plain = folded(name)
    return ("" if " " not in plain and not plain.isascii() else " ").join(without_legal_form(words(plain)))
