"""What happens to a text on its way through hands and systems."""

import random
from collections.abc import Sequence


def listed(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


def typo(text: str, rng: random.Random) -> str:
    """A letter lost, doubled or replaced, or two neighbours swapped."""
    if len(text) < 3:
        return text
    at = rng.randrange(1, len(text) - 1)
    other = rng.choice("etaoinshrdlu")
    return rng.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + other + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ]
    )


def maybe(text: str, rng: random.Random, chance: float) -> str:
    """A typing error with that chance."""
    return typo(text, rng) if text and rng.random() < chance else text


def lost(text: str, rng: random.Random, chance: float) -> str:
    """Nothing, with that chance."""
    return "" if rng.random() < chance else text


def zipf(words: Sequence[str], rng: random.Random) -> str:
    """One of the words; the first ones are common, the last ones rare."""
    return words[min(len(words) - 1, int(len(words) * rng.random() ** 2.2))]


def invented(rng: random.Random, syllables: int = 2) -> str:
    """A pronounceable word that means nothing."""
    heads, tails = (
        listed("b br c d dr f g gr h k l m n p r s st t tr v w z"),
        listed("a e i o u ar en or el an"),
    )
    return "".join(rng.choice(heads) + rng.choice(tails) for _ in range(syllables)).capitalize()
