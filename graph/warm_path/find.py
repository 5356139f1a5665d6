"""Finding warm paths: fetch only the ties that can still matter, then search them exactly.

For people who know many, strong paths are looked for first: only ties that could lie on a path of at least a
floor are fetched. Where too few such paths are found, the floor is lowered.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from graph.alert.playbook import Language
from graph.clock import reading_moment
from graph.decision_chain.model import DecisionChain, Member
from graph.parameters import parameters_as_of
from graph.service import GraphStore
from graph.warm_path.book import TieBook, TodaysTies
from graph.warm_path.describe import describe
from graph.warm_path.fetched import FetchedTies, Found
from graph.warm_path.model import WarmPath
from graph.warm_path.past import PastTies
from graph.warm_path.search import onward

LEAST_STRENGTH = 0.01
"""Paths weaker than one in a hundred are no paths."""
STRONG = 0.1
"""Strength of the paths that are looked for first."""
MANY = 50
"""Strong ties of an employee from which on it pays to look for strong paths first."""
DECIDING = ("decision_maker", "economic_buyer", "approver")


def decision_makers(chain: DecisionChain) -> tuple[str, ...]:
    """Contact ids behind DECISION_MAKER: its decision makers, else economic buyers, else who approves."""
    for role in DECIDING:
        found = tuple(m.contact_id for m in still_there(chain) if role in (m.role, *m.other_roles))
        if found:
            return found
    return ()


def still_there(chain: DecisionChain) -> list[Member]:
    """The members who do not seem to have left."""
    return [m for m in chain.members if not m.seems_gone]


async def warm_paths(
    store: GraphStore,
    *,
    employee_id: str,
    contact_ids: Sequence[str],
    now: datetime,
    as_of: datetime | None = None,
    first: int = 3,
    viewer: str | None = None,
    language: Language = "en",
) -> tuple[WarmPath, ...]:
    """The `first` strongest paths of at most four ties from the employee to any of the contacts.

    as_of: a past day, whose ties are found anew from what had happened by then. Raises AsOfAfterNow.
    viewer: the employee who asks, for whom ties and jobs are read; None sees what everybody may.
    language: of why the steps count.

    The ties of both ends are read first; then, for strong paths and where too few are found for all, those of
    the contacts' acquaintances and those that close the middle; who of the people on the best paths can be
    reached; at last names and evidence. A tie is fetched only where the best path through it would
    still beat the `first`-best found so far, so the answer is exact above `LEAST_STRENGTH`.
    """
    source, targets = f"Employee:{employee_id}", [f"Contact:{contact}" for contact in contact_ids]
    if not targets:
        return ()
    fetched = FetchedTies(await tie_book(store, now, as_of, viewer))
    await fetched.fetch({source: STRONG} | dict.fromkeys(targets, LEAST_STRENGTH))
    floors = (STRONG, LEAST_STRENGTH) if len(fetched.ties[source]) >= MANY else (LEAST_STRENGTH,)
    for floor in floors:
        found = await _paths_from(fetched, source, targets, first, floor)
        if len(found) == first and found[-1][0] >= floor:
            break
    paths = [path for path in found if path[0] >= LEAST_STRENGTH]
    return await describe(fetched.book, paths, fetched.ties, fetched.facts, language)


async def tie_book(store: GraphStore, now: datetime, as_of: datetime | None, viewer: str | None) -> TieBook:
    """Today's ties, or those of a past day. Raises AsOfAfterNow."""
    moment = reading_moment(as_of, now)
    if moment == now:
        return TodaysTies(store, now, viewer or "")
    return PastTies(store, moment, viewer or "", await parameters_as_of(store, moment), now)


async def _paths_from(
    fetched: FetchedTies, source: str, targets: Sequence[str], first: int, floor: float
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
    fetched: FetchedTies, source: str, targets: Sequence[str], bound: float, hops: int
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
