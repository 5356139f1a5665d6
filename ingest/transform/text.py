"""The text of a value: which cells it comes from and how they are cleaned, as SQL over a dataset's rows."""

import re
from collections.abc import Sequence

from graph import sql
from graph.sql import NULL, Sql, fill
from ingest.mapping.reads import columns_of as columns_of  # noqa: PLC0414 - quarantine takes it from here
from ingest.mapping.reads import places
from ingest.mapping.value import Clean, Condition, Value
from ingest.reading.blank import BLANKS

_AS_TEXT = r"""^(?:="((?:[^"]|"")*)"|'([=+@-].*|\d+))$"""
"""How exporters keep a spreadsheet from reading a cell: as a formula that is a text (`="00123"`), or behind
an apostrophe, where digits alone or the beginning of a formula follow."""

_ADDRESS = r"""[^\s<>"',;:()\[\]]+@[^\s<>"',;:()\[\]]+"""
_NAMES = (r'"[^"]*"\s*<', r"[^,;<>]*<")
"""Display names before an address, quoted or bare."""
_EAST = r"^[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}ー·・]+$"
_KANA = r"[\p{Hiragana}\p{Katakana}]"

_DOMAIN = r"^(?:[a-z]+://)?(?:.*@)?(?:www\.)?([^/:?@\s]+\.[^/:?@\s]+)"

_CLEAN: dict[Clean, str] = {
    "lower": "lower({t})",
    "upper": "upper({t})",
    "digits": "CASE WHEN regexp_matches({t}, '^[+-]?\\d([.,]\\d+)?E\\+\\d{2,}$') THEN {t} "
    "ELSE nullif(regexp_replace({t}, '[^0-9]', '', 'g'), '') END",  # digits that are lost stay to be seen
    "collapse": "regexp_replace({t}, '\\s+', ' ', 'g')",
    "nospace": "regexp_replace({t}, '\\s+', '', 'g')",
    "reference": "coalesce(nullif(regexp_extract({t}, '^[^#]*\\s#\\s?(\\S+)$', 1), ''), {t})",
    "title": "array_to_string(list_transform(string_split(lower({t}), ' '), "
    "lambda w: upper(w[1]) || w[2:]), ' ')",
    "day": "regexp_replace({t}, '^(\\d{4}-\\d{2}-\\d{2})[T ][0-9:.,]+(Z|[+-][0-9:]+)?', '\\1')",
    "domain": f"nullif(regexp_extract(lower({{t}}), '{_DOMAIN}', 1), '')",
}


def cell(column: str, nulls: Sequence[str]) -> Sql:
    """A column's text without outer blanks and guards; null where it is a text that means "empty"."""
    trimmed = _unguarded(_trimmed(sql.name(column)))
    empty = sql.bind_all(["", *nulls])
    return fill("CASE WHEN {t} IN ({nulls}) THEN NULL ELSE {t} END", t=trimmed, nulls=empty)


def _trimmed(text: Sql) -> Sql:
    """A text without outer blanks; few texts have any, and to look for so many costs."""
    return fill(
        """CASE WHEN contains({blanks}, left({t}, 1)) OR contains({blanks}, right({t}, 1))
            THEN trim({t}, {blanks}) ELSE {t} END""",
        t=text, blanks=sql.bind(BLANKS),
    )  # fmt: skip


def _unguarded(text: Sql) -> Sql:
    """A text without what keeps a spreadsheet from reading it as a number or a formula."""
    parts = [
        fill("regexp_extract({t}, {like}, {i})", t=text, like=sql.bind(_AS_TEXT), i=Sql(i)) for i in "12"
    ]
    return fill(
        """CASE WHEN left({t}, 1) IN ('=', '''') AND regexp_matches({t}, {like})
            THEN replace({inside}, '""', '"') ELSE {t} END""",
        t=text, like=sql.bind(_AS_TEXT), inside=sql.listed(parts, " || "),
    )  # fmt: skip


def text_of(value: Value, *, whole: bool = False) -> Sql:
    """The value's text, or null; `whole` makes a template empty when any of its columns is."""
    found = _cleaned(_source(value, whole), value)
    if value.cases:
        found = _cases(value, found)
    if value.map:
        found = _mapped(value, found)
    found = where(value, found)
    return found if value.default is None else sql.coalesce([found, sql.bind(value.default)])


def where(value: Value, found: Sql) -> Sql:
    """The text in rows where the value's own conditions hold, else null."""
    if not value.when:
        return found
    return fill("CASE WHEN {all} THEN {t} END", all=sql.every(map(holds, value.when)), t=found)


def holds(condition: Condition) -> Sql:
    """A condition as SQL that is true or false, never null."""
    column = sql.name(condition.column)
    tests = []
    if condition.equals is not None:
        tests.append(fill("lower({c}) = {v}", c=column, v=sql.bind(condition.equals.lower())))
    if condition.not_equals is not None:
        tests.append(
            fill("lower({c}) IS DISTINCT FROM {v}", c=column, v=sql.bind(condition.not_equals.lower()))
        )
    if condition.any_of is not None:
        tests.append(fill("lower({c}) IN ({v})", c=column, v=_lower(condition.any_of)))
    if condition.none_of is not None:
        tests.append(fill("coalesce(lower({c}) NOT IN ({v}), true)", c=column, v=_lower(condition.none_of)))
    return fill(
        "coalesce({all}, false)", all=sql.every([*tests, *_patterns(condition), *_elsewhere(condition)])
    )


def _lower(texts: Sequence[str]) -> Sql:
    return sql.bind_all(item.lower() for item in texts)


def _patterns(condition: Condition) -> list[Sql]:
    column = sql.name(condition.column)
    tests = []
    if condition.matches is not None:
        tests.append(fill("regexp_matches({c}, {v})", c=column, v=sql.bind(condition.matches)))
    if condition.not_matches is not None:
        pattern = sql.bind(condition.not_matches)
        tests.append(fill("NOT coalesce(regexp_matches({c}, {v}), false)", c=column, v=pattern))
    if condition.filled is not None:
        tests.append(Sql(f"{column} IS {'NOT ' if condition.filled else ''}NULL"))
    return tests


def _elsewhere(condition: Condition) -> list[Sql]:
    """Tests against another dataset's column (its cleaned rows)."""
    tests = []
    for reference, negation in ((condition.in_dataset, ""), (condition.not_in_dataset, "NOT ")):
        if reference is not None:
            dataset, _, column = reference.partition(".")
            tests.append(
                fill(
                    "{c} IS NOT NULL AND {no}({c} IN (SELECT {other} FROM {t} WHERE {other} IS NOT NULL))",
                    c=sql.name(condition.column),
                    no=Sql(negation),
                    other=sql.name(column),
                    t=clean_table(dataset),
                )
            )
    return tests  # fmt: skip


def clean_table(dataset: str) -> Sql:
    """The scratch table with a dataset's cells without blanks and without texts that mean "empty"."""
    return Sql(f"work.{sql.name(f'clean_{dataset}')}")


def _source(value: Value, whole: bool) -> Sql:
    if value.column is not None:
        return signed(value, sql.name(value.column))
    if value.columns is not None:
        return sql.coalesce(sql.name(column) for column in value.columns)
    if value.template is not None:
        return _template(value.template, whole)
    if value.person is not None:
        return _person(sql.name(value.person.given), sql.name(value.person.family))
    return sql.bind(value.constant) if value.constant else Sql("NULL::VARCHAR")


_SOME = "[1-9]"
"""What an amount that is not nothing has."""


def signed(value: Value, amount: Sql) -> Sql:
    """An amount's text with the sign that other columns give it; both of two amounts are no number."""
    if value.minus is not None:
        amount = fill(
            """CASE WHEN NOT coalesce(regexp_matches({other}, {some}), false) THEN coalesce({a}, {other})
                WHEN coalesce(regexp_matches({a}, {some}), false) THEN {a} || ' − ' || {other}
                ELSE {turned} END""",
            a=amount, other=sql.name(value.minus), some=sql.bind(_SOME),
            turned=_turned(sql.name(value.minus)),
        )  # fmt: skip
    if not value.negative:
        return amount
    marked = sql.every(map(holds, value.negative))
    return fill(
        "CASE WHEN {marked} THEN {turned} ELSE {a} END", marked=marked, turned=_turned(amount), a=amount
    )


def _turned(amount: Sql) -> Sql:
    """The text of an amount with the other sign, wherever its own stands."""
    return fill(
        """CASE WHEN regexp_matches({a}, '^ *[-−–]|[-−–] *$') THEN trim({a}, ' -−–')
            WHEN {a} LIKE '(%)' THEN trim({a}, '()') ELSE '-' || ltrim({a}, ' +') END""",
        a=amount,
    )  # fmt: skip


def _template(template: str, whole: bool) -> Sql:
    used = places(template)
    pieces = re.split(r"\{[^{}]+\}", template)
    parts: list[Sql] = [sql.bind(pieces[0])]
    for column, after in zip(used, pieces[1:], strict=True):
        parts += [fill("coalesce({c}, '')", c=sql.name(column)), sql.bind(after)]
    joined = fill("trim(regexp_replace({all}, '\\s+', ' ', 'g'))", all=sql.listed(parts, " || "))
    empty = [fill("{c} IS NULL", c=sql.name(column)) for column in used]
    missing = sql.any_of(empty) if whole else sql.every(empty) if used else Sql("false")
    return fill("CASE WHEN {missing} THEN NULL ELSE {joined} END", missing=missing, joined=joined)


def _person(given: Sql, family: Sql) -> Sql:
    """East Asian names stand family first: in Han and Hangul as one word, with Kana as two."""
    return fill(
        """CASE WHEN {g} IS NULL OR {f} IS NULL THEN coalesce({f}, {g})
            WHEN NOT regexp_matches({f} || {g}, {east}) THEN {g} || ' ' || {f}
            WHEN regexp_matches({f} || {g}, {kana}) THEN {f} || ' ' || {g} ELSE {f} || {g} END""",
        g=given, f=family, east=sql.bind(_EAST), kana=sql.bind(_KANA),
    )  # fmt: skip


def _cleaned(found: Sql, value: Value) -> Sql:
    for step in value.clean:
        plain = step != "email"
        found = (
            Sql(_CLEAN[step].replace("{t}", found.text), found.values)
            if plain
            else _addresses(found, value.split)
        )
    return found


def _addresses(text: Sql, separators: Sequence[str] | None) -> Sql:
    """The mail address without display name, in lower case; where the cell is a list, all of them."""
    for pattern in _NAMES:
        text = fill("regexp_replace({t}, {p}, '<', 'g')", t=text, p=sql.bind(pattern))
    if separators is None:
        return fill("nullif(regexp_extract(lower({t}), {a}), '')", t=text, a=sql.bind(_ADDRESS))
    found = fill("regexp_extract_all(lower({t}), {a})", t=text, a=sql.bind(_ADDRESS))
    return fill("nullif(array_to_string({f}, {s}), '')", f=found, s=sql.bind(separators[0]))


def _cases(value: Value, otherwise: Sql) -> Sql:
    branches = [
        fill("WHEN {all} THEN {then}", all=sql.every(map(holds, case.when)), then=sql.bind(case.then))
        for case in value.cases or ()
    ]
    return fill("CASE {all} ELSE {rest} END", all=sql.listed(branches, " "), rest=otherwise)


def _mapped(value: Value, found: Sql) -> Sql:
    branches = [
        fill("WHEN {k} THEN {v}", k=sql.bind(key.strip().lower()), v=sql.bind(to))
        for key, to in value.map.items()
    ]
    rest = found if value.unmapped == "keep" else NULL
    mapped = fill("CASE lower({t}) {all} ELSE {rest} END", t=found, all=sql.listed(branches, " "), rest=rest)
    return fill("nullif({m}, '')", m=mapped)
