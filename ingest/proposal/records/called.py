"""What the name of a file or sheet says of its rows."""

from collections.abc import Iterator

from ingest.proposal.words.lexicon import Phrase, lexicon
from ingest.proposal.words.words import Tokens, weight, without

ORDERED_BY = ("by", "nach", "par", "por", "per")
MODIFIER = 0.5
"""What a record's word counts where another word behind it is the head of the name."""
SHORTEST = 3
"""Letters of a word that may be a head; shorter ones are marks of versions and languages."""
OURS = ("employee", "employees", "staff", "rep", "reps", "mitarbeiter", "empleados", "employes")


def labels_called(words: Tokens) -> Iterator[tuple[str, float]]:
    """The labels that a name holds; the last word of one is its head: `customer contacts`, `客户联系人`."""
    found: dict[str, tuple[int, float, float]] = {}
    counted = words[: _before(words)]
    for label, phrases in lexicon().names.items():
        for phrase in phrases:
            at = place_of(counted, phrase)
            if at is not None:
                kept = found.get(label, (0, 0.0, 0.0))
                found[label] = max(kept, (at + len(phrase.words), weight(phrase.words), phrase.strength))
    last = max((one[:2] for one in found.values()), default=(0, 0.0))
    head = MODIFIER if _another_head(counted[last[0] :]) else 1.0
    for label, (end, size, strength) in found.items():
        yield label, strength * (head if (end, size) == last else 0.4)


def _another_head(behind: Tokens) -> bool:
    """Whether a word that nobody knows stands behind a record's: `account move`, `contact tag`."""
    lines = {word for phrase in lexicon().lines for word in phrase.words}
    return any(
        word.isascii()
        and word.isalpha()
        and len(word) >= SHORTEST
        and word not in lexicon().noise | lexicon().trailing | lines
        for word in behind
    )


def _before(words: Tokens) -> int:
    """How many words stand before that after which a name says how rows are ordered: `sales by customer`."""
    return next((at for at, word in enumerate(words) if at and word in ORDERED_BY), len(words))


def place_of(words: Tokens, phrase: Phrase) -> int | None:
    size = len(phrase.words)
    for start in range(len(words) - size, -1, -1):
        if words[start : start + size] == phrase.words:
            return start
    return None


def called_ours(words: Tokens) -> bool:
    """Whether a file's name says that its people are ours; users may be a help desk's customers."""
    return any(word in OURS for word in words) or "员工" in "".join(words)


def called_lines(words: Tokens, label: str) -> bool:
    """Whether a file is called by a record's word and behind it by one for lines: `order items`."""
    ends = [
        at + len(phrase.words)
        for phrase in lexicon().names[label]
        if (at := place_of(words, phrase)) is not None
    ]
    behind = words[min(ends) :] if ends else ()
    return any(without(behind, phrase.words) is not None for phrase in lexicon().lines) if behind else False
