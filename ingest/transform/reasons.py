"""Why a row is bad because of one of its values, as SQL texts that are null where it is not."""

from graph import sql
from graph.migrations.steps import LOOKED_UP
from graph.sql import Sql, fill
from ingest.mapping.reads import columns_of
from ingest.transform.money import sign_of, with_currency
from ingest.transform.plan import Bound

NAMES: dict[str, str] = {
    "number": "a number", "integer": "a whole number", "boolean": "yes or no", "date": "a date",
    "datetime": "a date", "text": "one of the allowed values", "list": "a list",
    "choice": "one of the allowed values",
    "currency": "a currency", "email": "a mail address", "phone": "a telephone number", "key": "a key",
    "person": "a name", "mention": "a key", "name": "a name", "identifier": "an identifier",
}  # fmt: skip


LONGEST = 1_000
"""Most characters of a text that an index keeps; the engines take some 8,000 bytes and fail beyond."""
INDEXED_FIELDS = frozenset({"name"}).union(*LOOKED_UP.values())


def reasons(item: Bound) -> list[Sql]:
    """Why a row is bad because of this value, as SQL texts that are null where it is not."""
    text, value = sql.name("t_" + item.column), sql.name(item.column)
    made = sql.name(item.maker) if item.maker else Sql("true")
    found = [_too_long(item, text)] if _is_looked_up(item) else []
    if _must_be_read(item):
        told = fill("CASE WHEN regexp_matches({t}, '[0-9]') THEN {t} END", t=text)
        found.append(_unread(item, made, told if item.reads == "phone" else text, value))
    if item.reads == "currency":
        found += [_other_currency(item, made, value), _open_currency(item, made)]
    if item.value.map and item.value.unmapped == "refuse":
        found.append(_why(item, fill("{m} AND {t} IS NULL", m=made, t=text), sql.bind("is not in its map")))
    if item.required:
        found.append(
            _why(item, fill("{m} AND {v} IS NULL", m=_made_at_all(item, made), v=value), sql.bind("is empty"))
        )
    if item.of_kinds:
        found.append(_of_other_kind(item, made, text))
    for limit, sign, words in ((item.low, "<", "at least"), (item.high, ">", "at most")):
        if limit is not None:
            outside = fill("{v} {sign} {limit}", v=value, sign=Sql(sign), limit=sql.bind(limit))
            found.append(_why(item, outside, sql.bind(f"must be {words} {limit:g}")))
    return found


def _of_other_kind(item: Bound, made: Sql, text: Sql) -> Sql:
    """A field that the kind of the row's item does not have is filled."""
    kind = sql.name(item.column.split("_", 1)[0] + "_f_kind")
    what = fill(
        "'`' || {t} || '` is given, but a ' || {kind} || ' has no such field: declare it under `kinds:`'",
        t=text, kind=kind,
    )  # fmt: skip
    others = fill("{kind} NOT IN ({kinds})", kind=kind, kinds=sql.bind_all(item.of_kinds))
    return _why(item, fill("{m} AND {t} IS NOT NULL AND {o}", m=made, t=text, o=others), what)


def _must_be_read(item: Bound) -> bool:
    """Whether a text without a value makes the row bad; a person is not lost for a damaged mail address.

    Of telephone numbers only texts with digits do: the others tell of none.
    """
    if item.reads in ("other_emails", "other_phones"):
        return False
    if item.reads == "email":
        return item.required
    return item.type != "text" or bool(item.choices) or item.reads is not None


def _is_looked_up(item: Bound) -> bool:
    """Whether a text is kept in an index: keys, names, what records are found and matched by."""
    is_key = item.type == "text" and not item.choices and (item.whole or item.described.endswith(" match"))
    return is_key or (item.type == "text" and item.field in INDEXED_FIELDS)


def _too_long(item: Bound, text: Sql) -> Sql:
    what = fill(
        """'`' || left({t}, 40) || ' …` is a text of ' || length({t}) || ' characters; at most ' || {most}
        || ' can be looked up'""",
        t=text, most=sql.bind(LONGEST),
    )  # fmt: skip
    return _why(item, fill("length({t}) > {most}", t=text, most=sql.bind(LONGEST)), what)


def _made_at_all(item: Bound, made: Sql) -> Sql:
    """A field is only missed where the row makes its node: where the node's key is filled."""
    if not item.column.startswith("n") or item.column.endswith("_key"):
        return made
    key = sql.name(item.column.split("_", 1)[0] + "_key")
    return fill("{m} AND {key} IS NOT NULL", m=made, key=key)


def _unread(item: Bound, made: Sql, text: Sql, value: Sql) -> Sql:
    allowed = f" ({', '.join(item.choices)})" if item.choices and item.reads is None else ""
    what = fill(
        "'`' || {t} || '` is not {name}{allowed}' || coalesce(': ' || {why}, '')",
        t=text, name=Sql(NAMES[item.reads or item.type]), allowed=Sql(allowed),
        why=sql.name("w_" + item.column),
    )  # fmt: skip
    unread = fill("{m} AND {t} IS NOT NULL AND {v} IS NULL", m=made, t=text, v=value)
    if item.reads in ("mention", "identifier"):  # what stands for "none" is read, as nothing
        unread = fill("{u} AND {w} IS NOT NULL", u=unread, w=sql.name("w_" + item.column))
    return _why(item, unread, what)


def _why(item: Bound, condition: Sql, what: Sql) -> Sql:
    shown = ", ".join(dict.fromkeys(columns_of(item.value)))
    place = f" (column {shown})" if shown else ""
    return fill(
        "CASE WHEN {condition} THEN {name} || {what} || {place} END",
        condition=condition, name=sql.bind(f"{item.described}: "), what=what, place=sql.bind(place),
    )  # fmt: skip


def _other_currency(item: Bound, made: Sql, value: Sql) -> Sql:
    sign = sign_of(item)
    differs = fill(
        "{m} AND {v} IS NOT NULL AND {c} IS NOT NULL AND NOT list_contains(string_split({c}, ','), {v})",
        m=made, v=value, c=sign,
    )  # fmt: skip
    what = fill("'is `' || {v} || '`, but the sign of the amount means `' || {c} || '`'", v=value, c=sign)
    return _why(item, differs, what)


def _open_currency(item: Bound, made: Sql) -> Sql:
    """A sign that several currencies share, and nothing that says which."""
    sign = sign_of(item)
    unknown = fill("{m} AND {c} IS NOT NULL AND {v} IS NULL", m=made, c=sign, v=with_currency(item))
    what = fill(
        "'does not follow from the sign of the amount, which may mean `' || {c} || '`: declare it'", c=sign
    )
    return _why(item, unknown, what)
