"""Strength of a tie: how interactions add up, fade, and are read later (formulas: docs/relationships.md).

weight(t) = Σ weight · 2^(−age/half_life) is a sum of exponentials of one half-life: it fades as a whole, and
so does raw ∝ weight^shape, by the half-life H = half_life/shape, which the tie carries:
raw(t+Δ) = raw(t) · 2^(−Δ/H).
With strength = 1 − e^(−raw/scale) the scale drops out of reading later:
strength(t+Δ) = 1 − (1 − strength(t)) ^ (2^(−Δ/H)). Queries state the same
as macros, `cypher/macro/strength.cypher` and `raw_weight.cypher`.
"""

from datetime import datetime
from math import exp

DAY_SECONDS = 86400.0

CHANNEL_WEIGHT: dict[str, float] = {
    "visit": 5.0,
    "meeting": 4.0,
    "call": 2.0,
    "email": 1.0,
    "wechat": 0.5,
    "chat": 0.5,
    "other": 0.5,
    "web": 0.0,
    "campaign": 0.0,
    "survey": 0.0,
}
"""Weight of one interaction between two people, in one-to-one mails: the effort both sides spend. An
assumption, declared here; channels without a person on the other side weigh nothing."""

ONE_SIDED = 0.25
"""What a mail counts that is never answered, against one that is (Granovetter 1973: reciprocal services)."""
CO_RECIPIENT = 0.1
"""What a mail counts between two of its recipients, against sender and recipient."""
COPIED = 0.5
"""What a mail counts between sender and a person copied in, against a person addressed."""
LARGEST_GROUP = 25
"""Interactions with more people tie nobody to anybody (mass mail); below, each pair gets 1/(people − 1)."""
FLOOR = ONE_SIDED * 0.5
"""The least weight worth an introduction: one unanswered mail, one half-life ago."""
EVIDENCE = 20
"""Interactions that a tie names, the newest."""
STRONGEST = 1.0 - 1e-12
FAINTEST = 0.01
"""Ties below this strength are not kept."""


def strength(raw: float, scale: float) -> float:
    """Strength 0…1 of a raw weight; `scale` > 0. Stays below 1, which would never fade."""
    return min(1.0 - exp(-raw / scale), STRONGEST)


def decayed(strength_then: float, derived_at: datetime, now: datetime, half_life_days: float) -> float:
    """Strength at `now` of a tie whose strength stood at `derived_at`, without contact in between."""
    days = (now - derived_at).total_seconds() / DAY_SECONDS
    return float(1.0 - (1.0 - strength_then) ** (0.5 ** (days / half_life_days)))


def floor(scale: float) -> float:
    """The weakest tie worth asking for an introduction: one unanswered mail, one half-life ago."""
    return strength(FLOOR, scale)
