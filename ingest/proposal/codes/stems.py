"""What a column of codes speaks of: `stage_id`, `StageCode` and a file `opportunity_stages` of a stage."""

from collections.abc import Sequence

from ingest.proposal.words.words import Tokens, is_word, raw_tokens

NUMBERS = frozenset(
    ("id", "ids", "key", "code", "codes", "no", "nr", "num", "number", "nummer", "numero", "ref", "fk", "cod",
     "codigo", "kod", "kode", "编", "号", "码", "代", "コ", "ー", "ド", "番")
)  # fmt: skip
"""Words and signs for a number."""
JOINTS = frozenset({"de", "del", "do", "da", "du", "of", "の"})
"""What stands between a number and what it is the number of: `código de categoría`."""
LONG = 5
"""Letters from which an ending of one or two is taken for that of a plural: `Branchen`, `categorias`."""
ENDING = 2


def stem(header: str) -> Tokens:
    """The words of a header without those for a number; none where nothing else is said."""
    words = list(raw_tokens(header))
    while words and words[-1] in NUMBERS:
        words.pop()
    while words and words[0] in NUMBERS | JOINTS:
        words.pop(0)
    return tuple(words)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two stems are the same words, the last in either number."""
    return (
        bool(one) and len(one) == len(other) and tuple(one[:-1]) == tuple(other[:-1])
        and _same_word(one[-1], other[-1])
    )  # fmt: skip


def ends_with(words: Sequence[str], one: Sequence[str]) -> bool:
    """Whether words end with those of a stem: `opportunity_stages` with `stage`; with none they do not."""
    return len(words) >= len(one) and _same(words[len(words) - len(one) :], one)


def _same_word(one: str, other: str) -> bool:
    if one == other or _singular(one) == _singular(other):
        return True
    short, long = sorted((one, other), key=len)
    plural = long.startswith(short) and len(long) - len(short) <= ENDING
    return is_word(short) and len(short) >= LONG and plural


def _singular(word: str) -> str:
    """An English word without the ending of a plural."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "uses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
