"""The best chains of introduction over the ties known so far: exact, strongest first.

The strength of a path is the product of its ties. Partial paths are taken in the order of the best that can
still become of them (their own product times the best way on within the hops left), so the first n complete
ones are the n best: A* with an admissible bound (Hart, Nilsson & Raphael 1968) over loop-free paths.
"""

from collections.abc import Collection, Iterator, Mapping
from heapq import heappop, heappush
from itertools import islice

Ties = Mapping[str, Mapping[str, float]]
"""Strength by person and person, in both directions."""

MAX_HOPS = 4
_START = ""


def best_paths(
    ties: Ties, source: str, targets: Collection[str], first: int, max_hops: int = MAX_HOPS
) -> list[tuple[float, tuple[str, ...]]]:
    """The `first` strongest loop-free paths from `source` to any target (strength, people), strongest first.

    A path ends at the first target it reaches; equally strong paths come in the order of their people.
    """
    ways = onward(ties, targets, max_hops)
    return list(islice(_strongest_first(ties, source, frozenset(targets), ways), first))


def paths_between(
    ties: Ties, sources: Collection[str], targets: Collection[str], first: int, max_hops: int = MAX_HOPS
) -> list[tuple[float, tuple[str, ...]]]:
    """The `first` strongest loop-free paths from any source to any target, over nobody else of both.

    Found from the targets on, by one more step from a start beside all of them.
    """
    wanted = frozenset(targets)
    joined = dict(ties) | {target: {**ties.get(target, {}), _START: 1.0} for target in wanted}
    joined[_START] = dict.fromkeys(sorted(wanted), 1.0)
    ways = onward(joined, sources, max_hops + 1)
    found = _strongest_first(joined, _START, frozenset(sources), ways)
    single = ((strength, path[:0:-1]) for strength, path in found if len(wanted & set(path)) == 1)
    return list(islice(single, first))


def onward(ties: Ties, targets: Collection[str], max_hops: int = MAX_HOPS) -> list[dict[str, float]]:
    """By number of hops left: the best product from each person to a target within that many hops."""
    reached = dict.fromkeys(targets, 1.0)
    layers = [reached]
    for _ in range(max_hops):
        reached = dict(reached)
        for person, way in layers[-1].items():
            for other, strength in ties.get(person, {}).items():
                if way * strength > reached.get(other, 0.0):
                    reached[other] = way * strength
        layers.append(reached)
    return layers


def _strongest_first(
    ties: Ties, source: str, targets: frozenset[str], ways: list[dict[str, float]]
) -> Iterator[tuple[float, tuple[str, ...]]]:
    hops = len(ways) - 1
    queue: list[tuple[float, tuple[str, ...], float]] = []
    if source in ways[hops]:
        queue.append((-ways[hops][source], (source,), 1.0))
    while queue:
        _, path, product = heappop(queue)
        if path[-1] in targets:
            yield product, path
            continue
        left = ways[hops - len(path)] if len(path) <= hops else {}
        for other, strength in ties.get(path[-1], {}).items():
            if other in left and other not in path:
                heappush(queue, (-product * strength * left[other], (*path, other), product * strength))
