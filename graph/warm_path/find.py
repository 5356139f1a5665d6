"""Finding warm paths: fetch only the ties that can still matter, then search them exactly.

For people who know many, strong paths are looked for first: only ties that could lie on a path of at least a
floor are fetched. Where too few such paths are found, the floor is lowered.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from graph.decision_chain.model import DecisionChain, Member
from graph.departure import SURE
from graph.service import GraphStore, Row
from graph.tie.strength import FLOOR
from graph.warm_path.describe import describe
from graph.warm_path.model import WarmPath
from graph.warm_path.search import best_paths, onward

LEAST_RAW = FLOOR
"""Ties weighing less than one unanswered mail a half-life ago are not asked for an introduction."""
LEAST_STRENGTH = 0.01
"""Paths weaker than one in a hundred are no paths."""
STRONG = 0.1
"""Strength of the paths that are looked for first."""
MANY = 50
"""Strong ties of an employee from which on it pays to look for strong paths first."""
Found = list[tuple[float, tuple[str, ...]]]
"""Paths with their strengths, strongest first."""
DECIDING = ("decision_maker", "economic_buyer")


def decision_makers(chain: DecisionChain) -> tuple[str, ...]:
    """Contact ids behind DECISION_MAKER: the chain's decision makers, else economic buyers."""
    for role in DECIDING:
        found = tuple(m.contact_id for m in still_there(chain) if role in (m.role, *m.other_roles))
        if found:
            return found
    return ()


def still_there(chain: DecisionChain) -> list[Member]:
    """The members who do not seem to have left."""
    return [m for m in chain.members if m.departure is None or m.departure.confidence < SURE]


@dataclass(slots=True)
class _FetchedTies:
    """Ties fetched so far, by typed person; `floors` says down to which strength a person's own."""

    store: GraphStore
    now: datetime
    viewer: str
    ties: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    facts: dict[tuple[str, str], str] = field(default_factory=dict)
    floors: dict[str, float] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    """People of whom it is known whether anybody may be led over them."""
    unreachable: set[str] = field(default_factory=set)

    def lacking(self, floors: Mapping[str, float]) -> dict[str, float]:
        """Those of the floors that the ties fetched so far do not reach."""
        return {person: floor for person, floor in floors.items() if floor < self.floors.get(person, 2.0)}

    async def fetch(self, floors: Mapping[str, float]) -> None:
        """Fetch the ties of these people that reach their floors."""
        lower = self.lacking(floors)
        if not lower:
            return
        self.floors.update(lower)
        rows = await self.store.read(
            "path.ties",
            employees=_of_kind("Employee", lower),
            contacts=_of_kind("Contact", lower),
            as_of=self.now.isoformat(),
            least_raw=LEAST_RAW,
            viewer=self.viewer,
        )
        for row in rows:
            self._add(row)

    async def best(self, source: str, targets: Sequence[str], first: int) -> Found:
        """The `first` best paths over the ties fetched so far, over people who can be reached.

        People on the next best paths are checked with them, so that few calls are made.
        """
        while True:
            found = best_paths(self.ties, source, targets, 4 * first)
            if _people(found[:first]) <= self.checked:
                return found[:first]
            await self._check(_people(found) - self.checked)

    async def _check(self, people: set[str]) -> None:
        """Take those of these people out who cannot be reached; of employees only active ones have ties."""
        self.checked |= people
        contacts = sorted(person for person in people if person.startswith("Contact:"))
        rows = await self.store.read(
            "path.unreachable",
            contact_ids=[person.partition(":")[2] for person in contacts],
            as_of=self.now.isoformat(),
            gone=SURE,
            viewer=self.viewer,
        )
        for row in rows:
            person = f"Contact:{row['contact_id']}"
            self.unreachable.add(person)
            for other in self.ties.pop(person, {}):
                del self.ties[other][person]

    def _add(self, row: Row) -> None:
        one, other = f"{row['kind']}:{row['id']}", f"{row['other_kind']}:{row['other_id']}"
        if one in self.unreachable or other in self.unreachable:
            return
        if row["strength"] >= self.ties[one].get(other, 0.0):
            self.ties[one][other] = self.ties[other][one] = row["strength"]
            self.facts[one, other] = self.facts[other, one] = row["fact_id"]


def _people(paths: Found) -> set[str]:
    return {person for _, path in paths for person in path}


def _of_kind(kind: str, floors: Mapping[str, float]) -> list[dict[str, float | str]]:
    return [
        {"id": person.partition(":")[2], "floor": floor}
        for person, floor in floors.items()
        if person.startswith(kind)
    ]


async def warm_paths(
    store: GraphStore,
    *,
    employee_id: str,
    contact_ids: Sequence[str],
    now: datetime,
    first: int = 3,
    viewer: str | None = None,
) -> tuple[WarmPath, ...]:
    """The `first` strongest paths of at most four ties from the employee to any of the contacts.

    viewer: the employee who asks, for whom ties and jobs are read; None sees what everybody may.

    The ties of both ends are read first; then, for strong paths and where too few are found for all, those of
    the contacts' acquaintances and those that close the middle; who of the people on the best paths can be
    reached; at last names and evidence. A tie is fetched only where the best path through it would
    still beat the `first`-best found so far, so the answer is exact above `LEAST_STRENGTH`.
    """
    source, targets = f"Employee:{employee_id}", [f"Contact:{contact}" for contact in contact_ids]
    if not targets:
        return ()
    fetched = _FetchedTies(store, now, viewer or "")
    await fetched.fetch({source: STRONG} | dict.fromkeys(targets, LEAST_STRENGTH))
    floors = (STRONG, LEAST_STRENGTH) if len(fetched.ties[source]) >= MANY else (LEAST_STRENGTH,)
    for floor in floors:
        found = await _paths_from(fetched, source, targets, first, floor)
        if len(found) == first and found[-1][0] >= floor:
            break
    paths = [path for path in found if path[0] >= LEAST_STRENGTH]
    return await describe(store, paths, fetched.ties, fetched.facts, now, fetched.viewer)


async def _paths_from(
    fetched: _FetchedTies, source: str, targets: Sequence[str], first: int, floor: float
) -> Found:
    """Of the paths of at least `floor` the `first` best, exactly; weaker ones may follow.

    The ties of the targets, and the employee's strong ones, have been fetched.
    """

    async def bound() -> float:
        found = await fetched.best(source, targets, first)
        return max(floor, found[-1][0]) if len(found) == first else floor

    for hops in (1, 2):
        await fetched.fetch(_promising(fetched, source, targets, await bound(), hops))
    return await fetched.best(source, targets, first)


def _promising(
    fetched: _FetchedTies, source: str, targets: Sequence[str], bound: float, hops: int
) -> dict[str, float]:
    """People to ask next, with the weakest tie of theirs that a path of at least `bound` may depend on.

    hops 1: the targets' acquaintances, and the employee, whose tie must reach the bound together with the
    strongest tie of a target; a direct one is among the targets' own. hops 2: to close paths of four ties,
    either the people two ties before a target or the employee's own acquaintances, whichever are fewer.
    """
    nearest = max(STRONG, *fetched.ties[source].values(), 0.0)
    ways = onward(fetched.ties, targets, hops)[hops]
    behind = _floors({person: way * nearest for person, way in ways.items()}, bound)
    if hops == 1:
        last = max((tie for target in targets for tie in fetched.ties[target].values()), default=0.0)
        return behind | _floors({source: last}, bound)
    furthest = max((way for person, way in ways.items() if person not in targets), default=0.0)
    ahead = {person: strength * furthest for person, strength in fetched.ties[source].items()}
    return min(fetched.lacking(behind), fetched.lacking(_floors(ahead, bound)), key=len)


def _floors(best: Mapping[str, float], bound: float) -> dict[str, float]:
    """The weakest tie that matters, of people whose best path but for that tie is `best`."""
    return {person: 0.999999 * bound / most for person, most in best.items() if most >= bound}
