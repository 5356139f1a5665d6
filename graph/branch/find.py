"""Which customers are branches, and of which company: by tax numbers of one body, by name, by name and place.

A parent is named only where one company fits: of two that do, the one that shares a site or a tax body with
the branch, else neither. What sources state stands before it, and no link closes a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.branch.known import Companies
from graph.branch.model import Branch, Company
from graph.branch.rules import by_name, by_place, by_tax


def find_branches(companies: Iterable[Company], stated: Iterable[tuple[str, str]] = ()) -> list[Branch]:
    """The branches among these companies, by id of the branch. stated: (parent, child) by source or people.

    A company with a stated parent gets none.
    """
    known = Companies(list(companies))
    candidates = [*by_tax(known), *by_name(known), *by_place(known)]
    above = defaultdict[str, set[str]](set)
    for parent, child in stated:
        above[child].add(parent)
    told = {child for child, parents in above.items() if parents}
    found = dict[str, Branch]()
    for one in sorted(candidates, key=lambda branch: (-branch.confidence, branch.child_id)):
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
