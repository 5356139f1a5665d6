"""Finding introductions: only what can still matter is fetched, from whom we want to reach outward; exact."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from graph.alert.playbook import Language
from graph.decision_chain.model import DecisionChain
from graph.errors import UsageError
from graph.introduction.book import LinkBook, TodaysLinks
from graph.introduction.links import link_day, link_reason
from graph.introduction.model import Introduction, IntroductionStep
from graph.introduction.network import Network
from graph.introduction.past import PastLinks
from graph.model import Role
from graph.service import GraphStore, Row
from graph.warm_path.book import Paths
from graph.warm_path.describe import people_of
from graph.warm_path.fetched import Found
from graph.warm_path.find import LEAST_STRENGTH, decision_makers, still_there, tie_book
from graph.warm_path.model import Person
from graph.warm_path.search import MAX_HOPS, onward
from graph.warm_path.words import tie_reason

MOST = 100
"""Introductions that can be asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """To which contacts, from whom: an employee, a team's members, or (neither given) anybody of us.

    avoided: contacts over whom nobody is to be led.
    """

    contact_ids: Sequence[str]
    employee_id: str | None = None
    of_team: str | None = None
    avoided: Sequence[str] = ()


def role_holders(chain: DecisionChain, role: Role) -> tuple[str, ...]:
    """Contacts who hold the role in the chain and seem to be there; who decides: see `decision_makers`."""
    if role == "decision_maker":
        return decision_makers(chain)
    return tuple(member.contact_id for member in still_there(chain) if role in member.roles)


async def introductions(
    store: GraphStore,
    wanted: Wanted,
    *,
    now: datetime,
    as_of: datetime | None = None,
    first: int = 5,
    viewer: str | None = None,
    language: Language = "en",
) -> tuple[Introduction, ...]:
    """The `first` best ways of at most four steps to any of the contacts, as the viewer may see them.

    Exact above a strength of `LEAST_STRENGTH`; a way begins at the last of us who may begin one. It leads
    neither to nor over people who have left or do not want to be contacted. as_of: a past day, with the ties,
    jobs and teams of that day. Raises UsageError (not 1 to 100), AsOfAfterNow.
    """
    if not 1 <= first <= MOST:
        raise UsageError(f"ask for 1 to {MOST} introductions")
    targets = [f"Contact:{contact}" for contact in dict.fromkeys(wanted.contact_ids)]
    book = await _link_book(store, now, as_of, viewer)
    sources = await _sources(book, wanted)
    if not targets or not sources:
        return ()
    avoided = frozenset(f"Contact:{contact}" for contact in wanted.avoided)
    network = Network(book.ties, linked=book, avoided=avoided)
    found = await _ways(network, sources, targets, first)
    return await _described(network, [way for way in found if way[0] >= LEAST_STRENGTH], language)


async def _link_book(
    store: GraphStore, now: datetime, as_of: datetime | None, viewer: str | None
) -> LinkBook:
    """Today's links and ties, or those of a past day. Raises AsOfAfterNow."""
    ties = await tie_book(store, now, as_of, viewer)
    return TodaysLinks(ties) if ties.moment == now else PastLinks(ties)


async def _sources(book: LinkBook, wanted: Wanted) -> frozenset[str]:
    if wanted.employee_id is not None:
        return frozenset({f"Employee:{wanted.employee_id}"})
    return frozenset(f"Employee:{key}" for key in await book.staff(wanted.of_team))


async def _ways(network: Network, sources: frozenset[str], targets: Sequence[str], first: int) -> Found:
    """The ways over what is fetched step by step; `bound` is the strength of the `first`-best found so far.

    A way is at most as strong as what leads on from each of its people; who cannot reach it is not asked.
    """
    await network.fetch(dict.fromkeys(targets, LEAST_STRENGTH))
    for hops in range(1, MAX_HOPS):
        found = await network.ways(sources, targets, first)
        bound = max(LEAST_STRENGTH, found[-1][0]) if len(found) == first else LEAST_STRENGTH
        await network.fetch(_promising(network, sources, targets, bound, hops))
    return await network.ways(sources, targets, first)


def _promising(
    network: Network, sources: frozenset[str], targets: Collection[str], bound: float, hops: int
) -> Mapping[str, float]:
    """People to ask next, each with the weakest link of theirs that a way of at least `bound` may depend on.

    The first link of the longest ways is found at either of its ends, whichever are fewer.
    """
    reached = onward(network.ties, targets, hops)[hops]
    behind = {
        person: 0.999999 * bound / way
        for person, way in reached.items()
        if way >= bound and person not in sources
    }
    if hops < MAX_HOPS - 1:
        return network.lacking(behind)
    furthest = max((way for person, way in reached.items() if person not in targets), default=0.0)
    ahead = dict.fromkeys(sources, 0.999999 * bound / furthest) if furthest >= bound else {}
    return min(network.lacking(behind), network.lacking(ahead), key=len)


async def _described(network: Network, paths: Paths, language: Language) -> tuple[Introduction, ...]:
    """The ways with people, and why each step counts."""
    if not paths:
        return ()
    people = await people_of(network.book, paths)
    tied = {pair: fact for pair, fact in network.facts.items() if pair not in network.links}
    tie_of = await network.book.told(paths, tied)

    def step(one: str, other: str) -> IntroductionStep:
        return _step(network, (one, other), people, tie_of.get(tied.get((one, other), ""), {}), language)

    return tuple(
        Introduction(strength, tuple(step(one, other) for one, other in pairwise(path)))
        for strength, path in paths
    )


def _step(
    network: Network,
    pair: tuple[str, str],
    people: Mapping[str, Person],
    tie: Row,
    language: Language,
) -> IntroductionStep:
    ends, strength = (people[pair[0]], people[pair[1]]), network.ties[pair[0]][pair[1]]
    link = network.links.get(pair)
    if link is None:
        last_at, count = tie["last_at"], tie["interactions"]
        why = tie_reason(count, last_at, language)
        return IntroductionStep("knows", *ends, strength, last_at, why, tuple(tie["evidence"] or ()))
    companies = (link["customer_id"], link["other_customer_id"])
    evidence = tuple(f"Customer:{company}" for company in companies if company)
    return IntroductionStep(
        link["link"], *ends, strength, link_day(link), link_reason(link, language), evidence
    )
