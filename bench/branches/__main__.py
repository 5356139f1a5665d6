"""`python -m bench.branches`: how many branches are told, how many of those told are right, by rule.

On lists made by hand with look-alikes (`cases.yml`), and on Chinese lists of `bench.dirty`, where a third of
the companies that are like another are its branches, the others sister firms and namesakes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from bench.dirty.lists import customers
from graph.branch import Branch, Company, find_branches
from graph.packaged import packaged_yaml

SEEDS, RECORDS = range(300, 306), 500
"""Of the lists of `bench.dirty`."""
Case = tuple[dict[str, Company], Mapping[str, str]]
"""Companies by id, and of each branch its company."""


def judged(cases: Iterable[Case]) -> tuple[Counter[str], Counter[str], int]:
    """By rule how many branches were told and how many rightly; how many there are."""
    told, right, expected = Counter[str](), Counter[str](), 0
    for companies, branches in cases:
        found = find_branches(companies.values())
        told.update(one.method for one in found)
        right.update(one.method for one in found if branches.get(one.child_id) == one.parent_id)
        expected += len(branches)
    return told, right, expected


def main() -> None:
    """Print a row by rule for each sort of lists, and what was told wrongly or not at all."""
    sorts = {"made by hand": list(by_hand()), "bench.dirty": list(_generated())}
    print("| lists | companies | branches | rule | told | right | precision |\n|---|---|---|---|---|---|---|")
    for name, cases in sorts.items():
        told, right, expected = judged(cases)
        count = sum(len(companies) for companies, _ in cases)
        for method in sorted(told):
            share = right[method] / told[method]
            counts = f"{method} | {told[method]} | {right[method]} | {share:.3f}"
            print(f"| {name} | {count:,} | {expected} | {counts} |")
    for companies, branches in (case for cases in sorts.values() for case in cases):
        found = {one.child_id: one for one in find_branches(companies.values())}
        for line in _wrong(branches, found, companies):
            print(line)


def by_hand() -> Iterator[Case]:
    """The lists of `cases.yml`."""
    for case in packaged_yaml("bench.branches", "cases.yml")["lists"]:
        yield {one.customer_id: one for one in _companies(case["companies"])}, case["branches"]


def _generated() -> Iterator[Case]:
    for seed in SEEDS:
        frame, _ = customers(RECORDS, "zh", seed)
        rows = frame.to_dict("records")
        companies = {row["customer_id"]: _company(row) for row in rows}
        branches = {
            two["customer_id"]: one["customer_id"]
            for one, two in pairwise(rows)
            if two["name"].startswith(one["name"]) and two["name"].endswith("分公司")
        }
        yield companies, branches


def _company(row: Mapping[Any, Any]) -> Company:
    site = str(row["website"] or "").removeprefix("www.")
    sites = frozenset((site,) if site else ())
    return Company(row["customer_id"], row["name"], tax_id=row["tax_id"], city=row["city"], domains=sites)


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
