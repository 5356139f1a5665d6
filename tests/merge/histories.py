"""Histories at random, and a model in memory of what they come to.

It holds what the source last said of each record, and which merges stand. A graph equals it where each record
that stands answers with the facts of all that were taken into it.
"""

from dataclasses import dataclass, field
from random import Random

PEOPLE, FIRMS = 6, 4


@dataclass
class Model:
    """What sources say (`staff`: of a person, at which firm; `orders` by firm), and the merges that stand."""

    works_at: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    merges: list[tuple[str, str, str]] = field(default_factory=list)
    """(kind, kept, absorbed), in order."""

    def root(self, kind: str, one: str) -> str:
        """The record that answers for this one."""
        into = {absorbed: kept for k, kept, absorbed in self.merges if k == kind}
        while one in into:
            one = into[one]
        return one

    def live(self, kind: str) -> list[str]:
        """Records that stand by themselves."""
        known = self.works_at if kind == "Contact" else self.names
        return sorted(one for one in known if self.root(kind, one) == one)

    def expected(self) -> dict[str, set[tuple[str, ...]]]:
        """What the graph answers: people by firm, orders by firm, and the names of firms that stand."""
        return {
            "jobs": {(self.root("Contact", p), self.root("Customer", f)) for p, f in self.works_at.items()},
            "orders": {(self.root("Customer", f), o) for o, f in self.orders.items()},
            "names": {(one, self.names[one]) for one in self.live("Customer")},
        }


def begin() -> Model:
    """Some firms and people."""
    firms = {f"f{n}": f"Firm {n}" for n in range(FIRMS)}
    return Model({f"p{n}": f"f{n % FIRMS}" for n in range(PEOPLE)}, firms, {})


def change(model: Model, draw: Random, step: int) -> None:
    """A firm is renamed, or has a new order, or a new person works there."""
    firm = draw.choice(sorted(model.names))
    match draw.randrange(3):
        case 0:
            model.names[firm] = f"Firm {firm} {step}"
        case 1:
            model.orders[f"o{step}"] = firm
        case _:
            model.works_at[f"q{step}"] = firm
