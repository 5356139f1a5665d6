"""Gaps that the data themselves fill: values that nobody stated, inferred from others, with their precision.

Nothing is written: what is inferred is found when it is asked for, so a stated value always stands before it,
and it goes when one is stated or its evidence goes.
"""

from graph.gap.fill import Filled, filled
from graph.gap.judge import LEAST_CASES, LEAST_PRECISION, Precision, precisions
from graph.gap.known import CustomerSeen, Known
from graph.gap.read import known_in
from graph.gap.readings import FIELDS, Readings, readings

__all__ = [
    "FIELDS",
    "LEAST_CASES",
    "LEAST_PRECISION",
    "CustomerSeen",
    "Filled",
    "Known",
    "Precision",
    "Readings",
    "filled",
    "known_in",
    "precisions",
    "readings",
]
