"""Finding warm paths: fetch only the ties that can still matter, then search them exactly."""

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

    async def fetch(self, floors: Mapping[str, float]) -> None:
        """Fetch the ties of these people that reach their floors."""
        if not floors:
            return
        self.floors.update(floors)
        rows = await self.store.read(
            "path.ties",
            employees=_of_kind("Employee", floors),
            contacts=_of_kind("Contact", floors),
            as_of=self.now.isoformat(),
            least_raw=LEAST_RAW,
            gone=SURE,
            viewer=self.viewer,
        )
        for row in rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        one, other = f"{row['kind']}:{row['id']}", f"{row['other_kind']}:{row['other_id']}"
        if row["strength"] >= self.ties[one].get(other, 0.0):
            self.ties[one][other] = self.ties[other][one] = row["strength"]
            self.facts[one, other] = self.facts[other, one] = row["fact_id"]


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

    At most five store calls: the ties of both ends; then of the contacts' acquaintances; then the ties that
    close the middle; then names and evidence. A tie is fetched only where the best path through it would
    still beat the `first`-best found so far, so the answer is exact above `LEAST_STRENGTH`.
    """
    source, targets = f"Employee:{employee_id}", [f"Contact:{contact}" for contact in contact_ids]
    if not targets:
        return ()
    fetched = _FetchedTies(store, now, viewer or "")
    await fetched.fetch(dict.fromkeys((source, *targets), LEAST_STRENGTH))
    for hops in (1, 2):
        await fetched.fetch(_promising(fetched, source, targets, first, hops))
    paths = [path for path in best_paths(fetched.ties, source, targets, first) if path[0] >= LEAST_STRENGTH]
    return await describe(store, paths, fetched.ties, fetched.facts, now, fetched.viewer)


def _promising(
    fetched: _FetchedTies, source: str, targets: Sequence[str], first: int, hops: int
) -> dict[str, float]:
    """People to ask next, with the weakest tie of theirs that could still matter.

    hops 1: the targets' acquaintances. hops 2: to close paths of four ties, either the people two ties before
    a target or the employee's own acquaintances, whichever are fewer.
    """
    nearest = max(fetched.ties[source].values(), default=0.0)
    bound = _bound(fetched, source, targets, first)
    ways = onward(fetched.ties, targets, hops)[hops]
    behind = _floors(fetched, {person: way * nearest for person, way in ways.items()}, bound)
    if hops == 1:
        return behind
    furthest = max((way for person, way in ways.items() if person not in targets), default=0.0)
    ahead = {person: strength * furthest for person, strength in fetched.ties[source].items()}
    return min(behind, _floors(fetched, ahead, bound), key=len)


def _bound(fetched: _FetchedTies, source: str, targets: Sequence[str], first: int) -> float:
    found = best_paths(fetched.ties, source, targets, first)
    return max(LEAST_STRENGTH, found[-1][0]) if len(found) == first else LEAST_STRENGTH


def _floors(fetched: _FetchedTies, best: Mapping[str, float], bound: float) -> dict[str, float]:
    """Floors of people on whom a path of at least `bound` may depend, where not yet fetched that far."""
    floors = {person: 0.999999 * bound / most for person, most in best.items() if most >= bound}
    return {person: floor for person, floor in floors.items() if floor < fetched.floors.get(person, 2.0)}
