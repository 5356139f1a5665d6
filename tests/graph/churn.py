"""What a line of a page says of churn."""

from graph.profile.read import Profile


def probability(line: Profile) -> float | None:
    """That of the newest score; None where there is none."""
    risk = line.parts["risk"]
    return None if risk is None else risk.probability
