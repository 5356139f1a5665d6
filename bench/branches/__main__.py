"""`python -m bench.branches`: how many branches are told, how many of those told are right, by rule."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from graph.branch import Branch, Company, find_branches
from graph.packaged import packaged_yaml


def judged() -> tuple[Counter[str], Counter[str], int]:
    """By rule how many branches were told and how many rightly; how many there are."""
    told, right, expected = Counter[str](), Counter[str](), 0
    for companies, branches in _lists():
        found = find_branches(companies.values())
        told.update(one.method for one in found)
        right.update(one.method for one in found if branches.get(one.child_id) == one.parent_id)
        expected += len(branches)
    return told, right, expected


def main() -> None:
    """Print a table by rule, and what was told wrongly or not at all."""
    told, right, expected = judged()
    print("| rule | told | right | precision |\n|---|---|---|---|")
    for method in sorted(told):
        print(f"| {method} | {told[method]} | {right[method]} | {right[method] / told[method]:.3f} |")
    every, good = told.total(), right.total()
    print(f"| all | {every} | {good} | {good / every:.3f} |\n")
    print(f"recall {good / expected:.3f} of {expected} branches")
    for companies, branches in _lists():
        found = {one.child_id: one for one in find_branches(companies.values())}
        for line in _wrong(branches, found, companies):
            print(line)


def _lists() -> Iterator[tuple[dict[str, Company], Mapping[str, str]]]:
    for case in packaged_yaml("bench.branches", "cases.yml")["lists"]:
        yield {one.customer_id: one for one in _companies(case["companies"])}, case["branches"]


def _companies(case: Mapping[str, Any]) -> Iterator[Company]:
    for key, said in case.items():
        given = [said] if isinstance(said, str) else said
        name, tax_id, city, domain = [*given, None, None, None][:4]
        yield Company(key, name, tax_id=tax_id, city=city, domains=frozenset((domain,) if domain else ()))


def _wrong(
    expected: Mapping[str, str], found: Mapping[str, Branch], companies: Mapping[str, Company]
) -> Iterator[str]:
    for child in sorted(expected.keys() | found.keys()):
        one = found.get(child)
        if (one.parent_id if one else None) != expected.get(child):
            told = f"{companies[one.parent_id].name} ({one.method})" if one else "nothing"
            right = companies[expected[child]].name if child in expected else "no branch"
            yield f"{companies[child].name}: told {told}, is {right}"


if __name__ == "__main__":
    main()
