"""Values that identify nobody: what people type to fill a field, and what spreadsheets damage."""

import re
import unicodedata

from ingest.reading.bare import bare_text

PHRASES = (
    "n/a", "none", "null", "nil", "nan", "unknown", "undefined", "not available", "not applicable", "missing",
    "no email", "no e-mail", "no mail", "noreply", "do not reply", "no phone", "keine mail", "keine e-mail",
    "kein e-mail", "pas de mail", "sin correo", "无邮箱", "没有邮箱", "asdf", "asdfgh", "qwerty",
    "tbd", "tba", "todo", "pending", "test", "dummy", "x", "xx", "xxx", "unbekannt", "keine", "kein",
    "keiner",
    "keine angabe", "k.A.", "entfällt", "ohne", "nicht vorhanden", "aucun", "aucune", "néant", "inconnu",
    "non renseigné", "ninguno", "ninguna", "desconocido", "sin datos", "nessuno", "sconosciuto", "无", "無",
    "没有",
    "暂无", "未知", "不详", "不詳", "空", "待定", "待补", "なし", "不明", "없음",
)  # fmt: skip
NOTHING = (
    "n/a", "na", "none", "null", "nil", "nan", "unknown", "undefined", "not available", "not applicable",
    "unbekannt", "keine", "keine angabe", "aucun", "aucune", "inconnu", "non renseigné", "ninguno", "ninguna",
    "desconocido", "sin datos", "nessuno", "sconosciuto", "tbd", "无", "無", "没有", "暂无", "未知",
    "不详", "不詳", "待定", "なし", "不明", "없음", "undisclosed recipients", "recipient list not shown",
)  # fmt: skip
"""Words that are no key in any list; the other phrases may be keys of somebody's own."""
TOTALS = (
    "total", "totals", "grand total", "subtotal", "sub total", "sum total", "summe", "gesamt", "gesamtsumme",
    "zwischensumme", "endsumme", "total général", "sous-total", "total general", "suma", "totale", "totaal",
    "合计", "总计", "小计", "总和", "合計", "総計", "小計", "итого", "всего", "합계", "총계", "소계",
)  # fmt: skip
ERROR = r"^#[A-Z_/0]+[!?]$"
"""What a spreadsheet shows in place of a value: `#REF!`, `#NAME?`. `#N/A` is a null value."""
LEAST_RUN = 5
"""Digits of one number from which a repetition or a run such as 12345 is no identity."""
SPREADSHEET_DIGITS = 15
"""Significant digits that a spreadsheet keeps; it makes zeros of the rest."""

EXPONENT = re.compile(r"[+-]?\d([.,]\d+)?E\+\d{2,}")
ASCENDING = "01234567890123456789"
DESCENDING = ASCENDING[::-1]
"""Digits in a row; placeholders are pieces of them."""

_WORDS = frozenset(map(bare_text, PHRASES))
_NOTHING = frozenset(map(bare_text, NOTHING))
_TOTALS = frozenset(map(bare_text, TOTALS))
BARE_WORDS = tuple(sorted(_NOTHING | _TOTALS))
"""Both kinds of words, their letters and digits alone, without case."""


def lost_digits(text: str) -> bool:
    """A number as a spreadsheet shows it after it dropped digits: `9.13301E+17`."""
    return EXPONENT.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def is_error(text: str) -> bool:
    """An error of a spreadsheet, such as `#REF!`."""
    return re.match(ERROR, text.strip()) is not None


def means_nothing(text: str) -> bool:
    """Whether a text only says that there is none: `-`, `n/a`, 无; no numbers, no words that may be keys."""
    bare = bare_text(text)
    return not bare or bare in _NOTHING


def names_totals(text: str) -> bool:
    """The first cell of a row that adds up the rows above it: `Grand total`, 合计."""
    return bare_text(text) in _TOTALS


def looks_damaged(text: str) -> bool:
    """A long number from which a spreadsheet may have dropped digits: `9.13301E+17`, `913301098765432000`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if lost_digits(plain):
        return True
    beyond = plain[SPREADSHEET_DIGITS:]
    return plain.isdigit() and len(beyond) >= 2 and not beyond.strip("0")


def looks_like_placeholder(text: str) -> bool:
    """Whether a text stands for "nothing": `0`, `-`, 无, `n/a`, `99999`, `DE000000000`, `123456`."""
    bare = bare_text(text)
    if not bare or bare in _WORDS:
        return True
    digits = re.sub(r"^[a-z]{1,3}(?=\d+$)", "", bare)
    if not digits.isdigit():
        return len(bare) >= 3 and len(set(bare)) == 1 and bare.isalpha() and bare.isascii()
    if not digits.strip("0") and (digits == bare or len(digits) >= LEAST_RUN):
        return True
    if len(digits) < LEAST_RUN:
        return False
    return len(set(digits)) == 1 or (digits == bare and (digits in ASCENDING or digits in DESCENDING))
