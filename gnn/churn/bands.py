"""Bands of the calibrated probability of churn, as they are served."""

HIGH, MEDIUM = 0.6, 0.3
BANDS = ((HIGH, "high"), (MEDIUM, "medium"), (0.0, "low"))


def band(probability: float) -> str:
    """The band of a probability."""
    return next(name for least, name in BANDS if probability >= least)
