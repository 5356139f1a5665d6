"""Dates and times in forms that SQL reads exactly: ISO 8601, declared formats, serials and epochs.

The result is canonical UTC text, `2024-01-31T09:30:00+00:00`, or null. What is null here is left to
`ingest.reading.moment`, so each form is strict: plausible years, no time that the clocks of a zone skipped.

Each reading stands once in the text of a statement: planning one that repeats them took longer than running
it.
"""

from collections.abc import Sequence

from graph import sql
from graph.sql import Sql, fill
from ingest.reading.moment import FIRST_YEAR, LAST_YEAR, OPEN_END

EPOCHS = {"epoch": "1", "epoch-ms": "1000", "epoch-us": "1000000"}
"""Units of a second since 1970."""
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
SLASHED = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}($| )"
ORDERED = r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})([\s,]|$)"
"""Day and month as numbers, the year last: which is which is not said."""
DOTTED = r"^\d{1,2}\.\d{1,2}\.\d{4}([\s,]|$)"
"""So written, the day stands first: with dots nobody writes the month before it."""
SHORT = r"^(\d{2})[/.-](\d{1,2})[/.-](\d{2})([\s,]|$)"
ONE_DIGIT = r"^\d[/.-]\d{1,2}[/.-]\d{2}([\s,]|$)"
END_OF_MONTH = 28
SINCE_1970 = "1970-01-01"
"""Local times before are left to the other reader: few zones kept standard time from their beginning."""

_ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?)?$"
_ISO_ZONED = (
    r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.]\d{1,6})?)?(Z|[+-](?:0\d|1[0-3]):?[0-5]\d|[+-]14:?00)$"
)
_DAY = r"^[^:]*$"


def moment(text: Sql, formats: Sequence[str], zone: str, *, open_end: bool = False) -> Sql:
    """Canonical UTC text, or null where the text is no moment in any of the formats as SQL reads them.

    `open_end`: the field may have the year 9999, which databases write for "no end".
    """
    readings = [_reading(text, form, zone) for form in formats]
    stamp = fill("({all})::TIMESTAMP", all=sql.coalesce(readings))
    plausible = fill(
        """list_transform([{s}], lambda stamp:
            CASE WHEN year(stamp) BETWEEN {first} AND {last} THEN stamp END)[1]""",
        s=stamp, first=Sql(str(FIRST_YEAR)), last=Sql(str(OPEN_END if open_end else LAST_YEAR)),
    )  # fmt: skip
    return canonical(plausible)


def canonical(stamp: Sql) -> Sql:
    """A UTC timestamp as text; microseconds only where there are any."""
    return fill("replace(strftime({s}, '%Y-%m-%dT%H:%M:%S.%f+00:00'), '.000000+', '+')", s=stamp)


def numeric_order(text: Sql) -> tuple[Sql, Sql]:
    """Two aggregates over a column: how many have a first number above 12, how many a second one."""
    above = "count(*) FILTER (try_cast(regexp_extract({t}, {like}, {n}) AS INTEGER) > 12)"
    first, second = (fill(above, t=text, like=sql.bind(ORDERED), n=Sql(str(n))) for n in (1, 2))
    return first, second


def all_dotted(text: Sql) -> Sql:
    """An aggregate over a column: how many dates are dotted with the year last; 0 where others end in it."""
    return fill(
        """CASE WHEN bool_and(regexp_matches({t}, {dotted}) OR NOT regexp_matches({t}, {ordered}))
            THEN count(*) FILTER (regexp_matches({t}, {dotted})) ELSE 0 END""",
        t=text, dotted=sql.bind(DOTTED), ordered=sql.bind(ORDERED),
    )  # fmt: skip


def year_last(text: Sql) -> Sql:
    """An aggregate over a column: whether its numeric dates with a year of two digits end in that year.

    They do where a first number has one digit, a second one is above 12 or a last one is no day; or where the
    first ones reach the days that end a month and the last ones do not.
    """
    part = "try_cast(regexp_extract({t}, {like}, {n}) AS INTEGER)"
    first, second, third = (
        fill(part, t=text, like=sql.bind(SHORT), n=Sql(str(number))) for number in (1, 2, 3)
    )
    return fill(
        """coalesce(bool_or(regexp_matches({t}, {one_digit})), false)
            OR coalesce(max({second}) > 12 OR max({third}) > 31 OR min({third}) = 0
                OR (max({first}) >= {end} AND max({third}) < {end}), false)""",
        t=text, one_digit=sql.bind(ONE_DIGIT), first=first, second=second, third=third,
        end=sql.bind(END_OF_MONTH),
    )  # fmt: skip


def _reading(text: Sql, form: str, zone: str) -> Sql:
    if form == "iso":
        return _iso(text, zone)
    if form == "excel":
        days = fill("try_cast({t} AS DOUBLE)", t=text)
        whole = fill("CASE WHEN {d} BETWEEN 1 AND 2958465 THEN {d} END", d=days)
        return fill("(TIMESTAMP '1899-12-30' + to_microseconds(round({d} * 86400000000)::BIGINT))", d=whole)
    if form in EPOCHS:
        unit = Sql(EPOCHS[form])
        seconds = fill("try_cast({t} AS DOUBLE) / {unit}", t=text, unit=unit)
        sane = fill("CASE WHEN {s} BETWEEN -62135596800 AND 253402300799 THEN {s} END", s=seconds)
        return fill("make_timestamp(round({s} * 1000000)::BIGINT)", s=sane)
    if form == "cyyddd":
        return _century_day(text)
    if form in ("day-first", "month-first"):
        return _slashed(text, "%d/%m/%Y" if form == "day-first" else "%m/%d/%Y", zone)
    return _parsed(text, [form], text, zone)


def _century_day(text: Sql) -> Sql:
    """Years since 1900 and the day of the year, as JD Edwards has them; a leading zero may be lost."""
    return fill(
        """list_transform([CASE WHEN regexp_matches({t}, '^\\d{{5,6}}$') THEN lpad({t}, 6, '0') END],
            lambda digits: CASE WHEN digits[4:6]::INTEGER BETWEEN 1 AND dayofyear({last})
                THEN ({first} + (digits[4:6]::INTEGER - 1))::TIMESTAMP END)[1]""",
        t=text, first=Sql("make_date(1900 + digits[1:3]::INTEGER, 1, 1)"),
        last=Sql("make_date(1900 + digits[1:3]::INTEGER, 12, 31)"),
    )  # fmt: skip


def _iso(text: Sql, zone: str) -> Sql:
    return fill(
        """CASE WHEN regexp_matches({t}, {iso}) THEN {local}
            WHEN regexp_matches({t}, {zoned}) THEN timezone('UTC', try_cast({t} AS TIMESTAMPTZ)) END""",
        t=text, iso=sql.bind(_ISO), zoned=sql.bind(_ISO_ZONED),
        local=_local(fill("try_cast(replace({t}, ',', '.') AS TIMESTAMP)", t=text), text, zone),
    )  # fmt: skip


def _slashed(text: Sql, day: str, zone: str) -> Sql:
    """Day, month and a year of four digits, with slashes, dots or dashes."""
    shown = fill("regexp_replace({t}, '^(\\d{{1,2}})[/.-](\\d{{1,2}})[/.-]', '\\1/\\2/')", t=text)
    parsed = _parsed(shown, [day + clock for clock in CLOCKS], text, zone)
    return fill(
        "CASE WHEN regexp_matches({t}, {like}) THEN {p} END", t=text, like=sql.bind(SLASHED), p=parsed
    )


def _parsed(shown: Sql, patterns: Sequence[str], text: Sql, zone: str) -> Sql:
    parsed = fill("try_strptime({t}, [{p}])", t=shown, p=sql.bind_all(patterns))
    if any("%z" in pattern for pattern in patterns):
        return fill("timezone('UTC', {z})", z=parsed)
    return _local(parsed, text, zone)


def _local(stamp: Sql, text: Sql, zone: str) -> Sql:
    """A wall-clock time of `zone` as UTC, null where its clocks skipped it; a day alone stays that day."""
    if zone.upper() == "UTC":
        return stamp
    utc = fill("timezone('UTC', timezone({zone}, {s}))", zone=sql.bind(zone), s=stamp)
    back = fill("timezone({zone}, timezone('UTC', {u}))", zone=sql.bind(zone), u=utc)
    return fill(
        """CASE WHEN regexp_matches({t}, {day}) THEN {s}
            WHEN {s} >= {first}::TIMESTAMP AND {back} = {s} THEN {utc} END""",
        t=text, day=sql.bind(_DAY), s=stamp, first=sql.bind(SINCE_1970), back=back, utc=utc,
    )  # fmt: skip
