"""The text of a value over a dataset's rows, and the value as SQL reads it at once."""

from dataclasses import replace

from graph import sql
from graph.sql import Sql, fill
from ingest.mapping.reads import is_number
from ingest.reading.address import LONGEST
from ingest.reading.choice import values_of
from ingest.reading.placeholder import ASCENDING, BARE_WORDS, DESCENDING
from ingest.transform import typed
from ingest.transform.moment import moment
from ingest.transform.plan import Bound, Reads
from ingest.transform.readings import OPEN_ENDS
from ingest.transform.text import text_of, where

ONE_ADDRESS = r"^[^\s<>\"',;:()\[\]|/、；，@]+@[^\s<>\"',;:()\[\]|/、；，@]+\.[^\s<>\"',;:()\[\]|/、；，@.]+$"
ONE_PHONE = r"^\+?[\d\s().-]{5,24}$"
ONE_PERSON = r"^([^;；、|/／,，&＆和与及\n]|[^\s\p{Han}][/／]|[^\s][/／][^\s\p{Han}]|[,，]\s*[^\p{Han}\s])+$"
"""No sign between the names of several people; a comma stands within one: `Arvid, Ann`."""
JOINED = r"\s(and|und|et)\s"
ONE = {"email": ONE_ADDRESS, "person": ONE_PERSON}
NO_EXPONENT = r"^([^E]|E[^+])*$"


def text_in_rows(item: Bound) -> Sql:
    factors = [sql.name(factor) for factor in item.value.multiply or () if not is_number(factor)]
    if not factors:
        return text_of(item.value, whole=item.whole)
    empty = sql.any_of(Sql(f"{factor} IS NULL") for factor in factors)
    joined = fill("concat_ws(' × ', {all})", all=sql.listed(factors))
    found = fill("CASE WHEN {empty} THEN NULL ELSE {joined} END", empty=empty, joined=joined)
    return where(item.value, found)


def quick(item: Bound, text: Sql, zone: str) -> Sql:
    """The value as SQL reads its text; null where it does not."""
    if item.value.multiply is not None:
        return _product(item, text)
    if item.reads is not None:
        return _quick_text(item, text)
    if item.choices:
        return typed.choice(text, item.choices)
    if item.type in ("date", "datetime"):
        return moment(text, item.value.format, item.value.timezone or zone, open_end=item.field in OPEN_ENDS)
    if item.type == "list":
        return typed.items(text, item.value.split)
    readers = {"number": typed.number, "integer": typed.integer, "boolean": typed.boolean}
    return readers[item.type](text, item.value) if item.type in readers else text


def _quick_text(item: Bound, text: Sql) -> Sql:
    """Texts that plainly are what they should be."""
    if item.reads == "choice":
        return fill(
            "CASE WHEN {t} IN ({all}) THEN {t} END", t=text, all=sql.bind_all(values_of(item.enumeration))
        )
    if item.reads == "currency":
        return Sql("NULL::VARCHAR")
    if item.reads == "phone":
        digits = fill("length(regexp_replace({t}, '\\D', '', 'g'))", t=text)
        return fill(
            "CASE WHEN regexp_matches({t}, {like}) AND {n} <= {most} THEN {t} END",
            t=text, like=sql.bind(ONE_PHONE), n=digits, most=sql.bind(LONGEST),
        )  # fmt: skip
    if item.reads in ONE:
        one = fill("regexp_matches({t}, {like})", t=text, like=sql.bind(ONE[item.reads]))
        joined = fill("{one} AND NOT regexp_matches({t}, {like})", one=one, t=text, like=sql.bind(JOINED))
        alone = joined if item.reads == "person" else one
        return fill("CASE WHEN {alone} THEN {t} END", alone=alone, t=text)
    if item.reads in ("other_emails", "other_phones"):
        first: Reads = "email" if item.reads == "other_emails" else "phone"
        alone = _quick_text(replace(item, reads=first), text)
        return fill("CASE WHEN ({one}) IS NOT NULL THEN []::VARCHAR[] END", one=alone)
    says = _is_no_placeholder if item.reads == "identifier" else _is_no_word_for_nothing
    plain = fill("regexp_matches({t}, {like}) AND {w}", t=text, like=sql.bind(NO_EXPONENT), w=says(text))
    return fill("CASE WHEN {plain} THEN {t} END", plain=plain, t=text)


def _is_no_placeholder(text: Sql) -> Sql:
    """Whether a text has four different digits, which no placeholder has but a run such as 12345."""
    digits = fill("regexp_replace({t}, '\\D', '', 'g')", t=text)
    return fill(
        """len(list_distinct(string_split({d}, ''))) >= 4
        AND NOT contains({up}, {d}) AND NOT contains({down}, {d})""",
        d=digits, up=sql.bind(ASCENDING), down=sql.bind(DESCENDING),
    )  # fmt: skip


def _is_no_word_for_nothing(text: Sql) -> Sql:
    """Whether a text has letters or digits, is neither "none" nor "total" and no error of a spreadsheet."""
    bare = fill("lower(regexp_replace({t}, '[^\\p{{L}}\\p{{N}}]+', '', 'g'))", t=text)
    return fill("{b} NOT IN ({words}) AND NOT starts_with({t}, '#')", b=bare, t=text,
                words=sql.bind_all(("", *BARE_WORDS)))  # fmt: skip


def _product(item: Bound, text: Sql) -> Sql:
    """The factors stand in the text, separated, in their order; plain numbers are multiplied in."""
    factors = item.value.multiply or ()
    constants = [Sql(factor) for factor in factors if is_number(factor)]
    count = len(factors) - len(constants)
    columns = [
        typed.number(fill("string_split({t}, ' × ')[{i}]", t=text, i=Sql(str(i + 1))), item.value)
        for i in range(count)
    ]
    return fill("round({all}, 6)", all=sql.listed([*columns, *constants], " * "))
