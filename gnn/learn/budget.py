"""What training a network may cost, counted in edges that messages pass: the same on every machine.

Time would make the answer depend on the machine, and on what else runs on it.
"""

EDGE_PASSES = 60_000_000
"""Edges of all windows, times epochs: about a minute on one core."""
FEWEST_EPOCHS = 4
"""Fewer teach a network nothing."""


class BeyondBudget(Exception):
    """A candidate is not run; the message says why."""


def affordable(edges: int, epochs: int) -> int:
    """The epochs wanted over so many edges, or as many as the budget allows.

    Raises BeyondBudget below the fewest.
    """
    allowed = EDGE_PASSES // max(edges, 1)
    if allowed < FEWEST_EPOCHS:
        raise BeyondBudget(
            f"{FEWEST_EPOCHS} epochs over {edges:,} edges pass the budget of {EDGE_PASSES:,} edges"
        )
    return min(epochs, allowed)
