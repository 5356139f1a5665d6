"""Gaps that the data themselves fill: values that nobody stated, inferred from others, with their precision.

A derive keeps what is inferred in the customer's profile, never among its own values: a stated value always
stands before it, and it goes when one is stated or its evidence goes.
"""

from graph.gap.fill import Filled, filled
from graph.gap.judge import LEAST_CASES, LEAST_PRECISION, Precision, precisions
from graph.gap.keep import gaps_of, packed_gaps
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
    "gaps_of",
    "known_in",
    "packed_gaps",
    "precisions",
    "readings",
]
