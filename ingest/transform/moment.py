"""Dates and times: text in many forms to one canonical UTC text, `2024-01-31T09:30:00+00:00`.

A cell that is a date without time is that day in UTC, in whatever zone the source writes its times: a
calendar day is no instant, and shifting it would change the day that people see.
"""

from collections.abc import Sequence

from ingest import sql
from ingest.sql import Sql, fill

DAY_FIRST = ("%d/%m/%y", "%d/%m/%Y")
MONTH_FIRST = ("%m/%d/%y", "%m/%d/%Y")
WORDED = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
NUMERIC = r"^\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})(\s|$)"
"""Day and month as numbers, the year last: which is which is not said."""

_ZONE = r"(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?)$"
_DAY = r"^[^:]*$"


def moment(text: Sql, formats: Sequence[str], zone: str) -> Sql:
    """Canonical UTC text, or null where the text is no moment in any of the formats."""
    readings = [_reading(text, item, zone) for item in formats]
    stamp = fill("({all})::TIMESTAMP", all=sql.coalesce(readings))
    return canonical(stamp)


def canonical(stamp: Sql) -> Sql:
    """A UTC timestamp as text; microseconds only where there are any."""
    return fill(
        """CASE WHEN date_part('microseconds', {s}) % 1000000 = 0
            THEN strftime({s}, '%Y-%m-%dT%H:%M:%S+00:00')
            ELSE strftime({s}, '%Y-%m-%dT%H:%M:%S.%f+00:00') END""",
        s=stamp,
    )


def numeric_order(text: Sql) -> tuple[Sql, Sql]:
    """Two aggregates over a column: some first number above 12, some second number above 12."""
    like = sql.bind(NUMERIC)
    first = fill("regexp_extract({t}, '^(\\d{{1,2}})[/.-](\\d{{1,2}})', 1)", t=text)
    second = fill("regexp_extract({t}, '^(\\d{{1,2}})[/.-](\\d{{1,2}})', 2)", t=text)
    above = "coalesce(bool_or(try_cast({n} AS INTEGER) > 12) FILTER (regexp_matches({t}, {like})), false)"
    return fill(above, n=first, t=text, like=like), fill(above, n=second, t=text, like=like)


def _reading(text: Sql, form: str, zone: str) -> Sql:
    if form == "iso":
        return _iso(text, zone)
    if form == "excel":
        days = fill("try_cast({t} AS DOUBLE)", t=text)
        whole = fill("CASE WHEN {d} BETWEEN 1 AND 2958465 THEN {d} END", d=days)
        return fill("(TIMESTAMP '1899-12-30' + to_microseconds(round({d} * 86400000000)::BIGINT))", d=whole)
    if form in ("epoch", "epoch-ms"):
        unit = Sql("1000" if form == "epoch-ms" else "1")
        seconds = fill("try_cast({t} AS DOUBLE) / {unit}", t=text, unit=unit)
        sane = fill("CASE WHEN {s} BETWEEN -62135596800 AND 253402300799 THEN {s} END", s=seconds)
        return fill("make_timestamp(round({s} * 1000000)::BIGINT)", s=sane)
    if form in ("day-first", "month-first"):
        orders = DAY_FIRST if form == "day-first" else MONTH_FIRST
        return _parsed(_slashed(text), [day + clock for day in orders for clock in CLOCKS], text, zone)
    return _parsed(text, [form], text, zone)


def _iso(text: Sql, zone: str) -> Sql:
    """ISO 8601 and its relatives: slashes, dots, Chinese characters, eight digits, month names."""
    joined = "'^(\\d{{4}})[年/.](\\d{{1,2}})[月/.](\\d{{1,2}})日?'"
    plain = fill("regexp_replace({t}, " + joined + ", '\\1-\\2-\\3')", t=text)
    plain = fill("regexp_replace({p}, '^(\\d{{4}})(\\d{{2}})(\\d{{2}})(\\D|$)', '\\1-\\2-\\3\\4')", p=plain)
    dated = fill("CASE WHEN regexp_matches({t}, '^\\d{{4}}(\\d{{4}}|[^\\d:])') THEN {p} END", t=text, p=plain)
    zoned = fill("regexp_replace({d}, '([+-]\\d{{2}})(\\d{{2}})$', '\\1:\\2')", d=dated)
    worded = _parsed(_spaced(text), [day + clock for day in WORDED for clock in CLOCKS[:3]], text, zone)
    return fill(
        """CASE WHEN {mailed} IS NOT NULL THEN {mailed} WHEN regexp_matches({t}, '^\\d{{4}}') THEN
            CASE WHEN regexp_matches({t}, ':.*' || {zone})
                THEN timezone('UTC', try_cast({zoned} AS TIMESTAMPTZ))
                ELSE {local} END
        ELSE {worded} END""",
        t=text, zone=sql.bind(_ZONE), zoned=zoned, worded=worded, mailed=_mailed(text),
        local=_local(fill("try_cast({d} AS TIMESTAMP)", d=dated), text, zone),
    )  # fmt: skip


def _mailed(text: Sql) -> Sql:
    """The date of a mail's header (RFC 5322): `Mon, 6 May 2024 09:30:00 +0800 (CST)`."""
    beside = sql.bind(r"^[A-Za-z]{3}, *|\s*\([^)]*\)$")
    bare = fill("regexp_replace({t}, {beside}, '', 'g')", t=text, beside=beside)
    bare = fill("regexp_replace({b}, ' (GMT|UTC|UT)$', ' +0000')", b=bare)
    return fill("timezone('UTC', try_strptime({b}, ['%d %b %Y %H:%M:%S %z', '%d %b %Y %H:%M %z']))", b=bare)


def _slashed(text: Sql) -> Sql:
    """Dots and dashes between the first numbers as slashes."""
    return fill("regexp_replace({t}, '^(\\d{{1,2}})[/.-](\\d{{1,2}})[/.-]', '\\1/\\2/')", t=text)


def _spaced(text: Sql) -> Sql:
    """Month names between blanks: `31-Jan-2024` and `Jan 31, 2024` alike."""
    return fill("regexp_replace(regexp_replace({t}, '[-,/]', ' ', 'g'), '\\s+', ' ', 'g')", t=text)


def _parsed(shown: Sql, patterns: Sequence[str], text: Sql, zone: str) -> Sql:
    if any("%z" in pattern for pattern in patterns):
        zoned = fill("try_strptime({t}, [{p}])", t=shown, p=sql.bind_all(patterns))
        return fill("timezone('UTC', {z})", z=zoned)
    return _local(fill("try_strptime({t}, [{p}])", t=shown, p=sql.bind_all(patterns)), text, zone)


def _local(stamp: Sql, text: Sql, zone: str) -> Sql:
    """A wall-clock time of `zone` as UTC; a day without time stays that day."""
    if zone.upper() == "UTC":
        return stamp
    shifted = fill("timezone('UTC', timezone({zone}, {s}))", zone=sql.bind(zone), s=stamp)
    return fill(
        "CASE WHEN regexp_matches({t}, {day}) THEN {s} ELSE {shifted} END",
        t=text, day=sql.bind(_DAY), s=stamp, shifted=shifted,
    )  # fmt: skip
