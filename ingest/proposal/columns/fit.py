"""How well a column's values go with a field, as a factor on what its header says."""

import re

from graph.search_key import same_letters
from ingest.mapping.fields import type_of
from ingest.proposal.columns.profile import Column
from ingest.proposal.columns.value_rules import SERVED
from ingest.proposal.columns.values import words_of
from ingest.reading.century_day import are_century_days
from ingest.reading.choice import enumeration_of, folded, vocabulary

AGAINST = 0.1
"""What is left of a header's word where the values are of another type."""
DOUBTED = 0.5
FOR = 1.1
"""Where the values show by themselves what the header says."""

SHOWN_BY: dict[str, tuple[str, ...]] = {
    "bounced_email": ("email",),
    "channel": ("channel",),
    "city": ("city",),
    "country": ("country",),
    "currency": ("currency",),
    "domains": ("url",),
    "email": ("email",),
    "industry": ("industry",),
    "mobile": ("mobile", "phone"),
    "phone": ("phone", "mobile"),
    "priority": ("priority",),
    "region": ("province",),
    "stage": ("stage",),
    "status": ("state",),
    "tax_id": ("tax_id",),
    "title": ("job",),
    "url": ("url",),
    "website": ("url",),
}
"""Kinds of values that show a field."""
MUST_SHOW = frozenset({"email", "bounced_email", "website", "url"})
"""Fields whose values are told by their form: others are not theirs."""


KINDS = frozenset({("Order", "kind"), ("Invoice", "kind"), ("Ticket", "kind"), ("Interaction", "direction")})
"""Sale or return, invoice or credit note, complaint or question, in or out: other types are attributes."""
LEAST_OF_NAME, RECURRING = 1.5, 4
"""Characters on average, and rows for each value, from which short values are grades and no names."""
WHOLLY_CODED = 0.95
"""Share of codes from which a column numbers notes that another table holds."""
MOSTLY_LONG = 0.5
"""Share of long texts from which they are notes of a talk and no subjects."""
MOSTLY = 0.5
"""Share of numbers from which values are codes of an enumeration that another file holds."""
CODED = 4
"""Characters up to which a value may be a code for one of them."""
ANSWERS = 3
"""Different values up to which they may answer a question."""
UNANSWERED = 0.2
"""What is left of a header's word for yes or no where values are of other words: states, grades."""
LEAST_ADDRESSES = 3
"""Different addresses from which it tells that all lie on one host."""
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
"""An address of a site as people write it: `apex.example`."""


def fit(kind: str, name: str, column: Column) -> float:
    """From 0.1 (other values) to 1.1 (values that show the field); 1 where they say nothing."""
    if column.empty:
        return 1.0
    if name == "key":
        return _key(column)
    read = type_of(kind, name)
    if read == "datetime":
        return _day(column)
    if read in ("number", "integer"):
        return _number(name, column)
    if read == "boolean" or (name == "renewal" and column.is_mostly("boolean")):
        return FOR if column.share("boolean") >= 0.6 else _answers(name, column)
    return _text(kind, name, column)


def _says_another(kind: str, name: str, column: Column) -> bool:
    """Whether values are of another type of paper, say whether a customer is in use, or are a note's."""
    if (kind, name) == ("Interaction", "subject"):
        return column.share("long") >= MOSTLY_LONG
    if (kind, name) == ("Interaction", "note"):
        return column.share("code") >= WHOLLY_CODED
    if (kind, name) == ("Interaction", "channel"):
        return all(folded(value) in vocabulary().get("direction", {}) for value in column.sample)
    if (kind, name) in KINDS:
        return _of_other_words(enumeration_of(kind, name), column)
    return name == "lifecycle_stage" and _in_use(column)


def _of_other_words(enumeration: str, column: Column) -> bool:
    """Whether no value is a word of the enumeration, and they are words rather than codes; a word of
    Chinese or Japanese is as short as a code."""
    known = vocabulary().get(enumeration, {})
    words = column.mean_length > CODED or not all(value.isascii() for value in column.sample)
    words = words and column.share("number") < MOSTLY
    return words and not any(folded(value) in known for value in column.sample)


def _counts(column: Column) -> bool:
    """Whether values are amounts or rates: a column of tax, and no number of who pays it."""
    return max(column.share("decimal"), column.share("small")) >= MOSTLY


def _answers(name: str, column: Column) -> float:
    """Whether values answer a question: few that differ, one of them a word for yes or no."""
    if column.distinct > ANSWERS:
        return AGAINST
    if name != "active":
        return 1.0
    answers = words_of("true") | words_of("false")
    return 1.0 if any(same_letters(value) in answers for value in column.sample) else UNANSWERED


def _of_one_host(column: Column) -> bool:
    """Whether addresses that differ lie on one host: a system's own, not the sites of companies."""
    hosts = {value.casefold().partition("://")[2].partition("/")[0] for value in column.sample}
    return column.distinct >= LEAST_ADDRESSES and len(hosts) == 1 and hosts != {""}


def _denies(name: str, column: Column) -> bool:
    """Whether values are of another kind than a tax number or a company's site."""
    return (name == "tax_id" and _counts(column)) or (name == "website" and _of_one_host(column))


def _outcome(column: Column) -> float:
    """Won and lost, or won or not; a stage names other steps, too."""
    words = {value.casefold() for value in column.sample}
    known = {word for word in words if word in vocabulary()["outcome"]}
    if known and words <= known | {"open", "in progress", "pending", "进行中", "offen", "ouvert", "abierto"}:
        return FOR
    return 1.0 if column.is_mostly("boolean") else DOUBTED


def _in_use(column: Column) -> bool:
    """Whether values say whether a record is in use, rather than how far a customer has come."""
    return all(value.casefold() in words_of("in_use") for value in column.sample)


def _steps(column: Column) -> float:
    """Steps of a sale; won, lost and open alone are none."""
    if _outcome(column) == FOR:
        return DOUBTED
    if column.share("date") >= 0.8 or column.share("boolean") >= 0.95:
        return AGAINST
    return FOR if column.share("stage") >= 0.5 or column.share("state") >= 0.5 else _words("stage", column)


def _day(column: Column) -> float:
    if column.share("date") >= 0.5 or are_century_days(column.sample):
        return FOR
    return 0.9 if _serial(column) else AGAINST


def _serial(column: Column) -> bool:
    return column.share("epoch") >= 0.8 or column.share("time_of_day") >= 0.8


def _key(column: Column) -> float:
    if column.is_mostly("date", "email") or column.share("decimal") >= 0.5 or column.share("boolean") >= 0.9:
        return DOUBTED if column.is_mostly("email") else AGAINST
    return 1.0 if column.share("long") < 0.5 else DOUBTED


def _number(name: str, column: Column) -> float:
    if column.share("date") >= 0.8 and column.share("number") < 0.9:
        return AGAINST
    if column.share("number") >= 0.6:
        return 1.0
    if name == "satisfaction" and any(value.casefold() in SERVED for value in column.sample):
        return FOR
    return 0.8 if name in ("employees", "satisfaction", "influence", "stance") else AGAINST


def _text(kind: str, name: str, column: Column) -> float:
    if name == "outcome" or (kind, name) == ("Opportunity", "stage"):
        return _outcome(column) if name == "outcome" else _steps(column)
    if _says_another(kind, name, column) or _denies(name, column):
        return AGAINST
    shown = SHOWN_BY.get(name, ())
    if shown and max(column.share(kind) for kind in shown) >= 0.5:
        return FOR
    if name in MUST_SHOW:
        return 1.0 if name == "website" and all(map(_DOMAIN.fullmatch, column.sample)) else AGAINST
    if column.share("date") >= 0.8 or column.share("boolean") >= 0.95:
        return AGAINST if name != "status" else DOUBTED
    return _words(name, column, kind)


def _graded(column: Column) -> bool:
    """Whether few values of a letter or two recur: A, B, C. Names cut to initials differ more."""
    return column.mean_length < LEAST_OF_NAME and column.filled >= RECURRING * column.distinct


def _are_logins(column: Column) -> bool:
    """Whether values are single words in small Latin letters, as names to log in with are: `jdoe`."""
    return column.filled > 0 and all(
        value.isascii() and value == value.lower() and " " not in value and value[0].isalpha()
        for value in column.sample
    )


def _words(name: str, column: Column, kind: str = "") -> float:
    """Telephone numbers need digits; names and the like are seldom numbers or mail addresses."""
    if name in ("phone", "mobile"):
        return 1.0 if column.share("number") >= 0.5 or column.share("code") >= 0.5 else DOUBTED
    if name in ("status", "kind", "stage", "outcome") and column.share("province") >= 0.5:
        return AGAINST
    worded = name in (
        "name",
        "subject",
        "city",
        "country",
        "region",
        "industry",
        "stage",
        "family",
        "title",
        "department",
    )
    if name == "name" and _graded(column):
        return AGAINST
    if name == "name" and kind in ("Contact", "Employee") and _are_logins(column):
        return AGAINST
    numbers = max(column.share("number"), column.share("email"))
    return DOUBTED if worded and numbers >= 0.8 else 1.0
