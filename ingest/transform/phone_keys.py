"""Telephone numbers of a run in the form by which they match, before anything is found or matched by them."""

from collections.abc import Iterator

import pyarrow as pa

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Mapping
from ingest.reading.country import read_country
from ingest.reading.telephone import NO_KEY, phone_key, phone_keys
from ingest.staging.database import Staging
from ingest.transform.plan import link_column
from ingest.transform.rule import Rule, looked_up_fields
from ingest.transform.values import value_table

PHONES = frozenset({"phone", "mobile", "other_phones", "other_mobiles"})
_LISTS = frozenset({"other_phones", "other_mobiles"})


def kept_keys(field: str, text: str, country: str | None) -> tuple[str, ...]:
    """What a value of the graph is found by, in lower case; of telephone numbers see `phone_keys`."""
    if field not in PHONES:
        return (text.strip().lower(),)
    return tuple(key for key in phone_keys(text, read_country(country)) if not key.startswith(NO_KEY))


def asked_key(field: str, text: Sql, country: Sql) -> Sql:
    """What a value of a row is looked up by."""
    if field not in PHONES:
        return fill("lower({text})", text=text)
    return _in_table("p.asked", text, country)


def stated_keys(field: str, text: Sql, country: Sql) -> Sql:
    """What a row's own value of a field is found by; one row for each where there are two."""
    if field not in PHONES:
        return fill("lower({text})", text=text)
    return fill("unnest({keys})", keys=_in_table("p.kept", text, country))


def _in_table(part: str, text: Sql, country: Sql) -> Sql:
    return fill(
        "(SELECT {part} FROM {keys} p WHERE p.number = {text} AND p.country = coalesce({country}, ''))",
        part=Sql(part), keys=tables.PHONE_KEY.table, text=text, country=country,
    )  # fmt: skip


def country_of(mapping: Mapping, rule: Rule) -> Sql:
    """The country of a row's numbers without a country code: its own, else the declared one."""
    declared = sql.bind(mapping.country_of(rule.dataset))
    if "country" not in rule.node.fields:
        return declared
    return fill("coalesce({own}, {declared})", own=rule.column("f_country"), declared=declared)


def read_phones(staging: Staging, mapping: Mapping, rules: list[Rule]) -> Relation:
    """`tables.PHONE_KEY`: every telephone number that the rows of a run are found or look something up by."""
    table = staging.empty(tables.PHONE_KEY)
    queries = list(_numbers(mapping, rules))
    if not queries:
        return table
    found = staging.rows(
        fill(
            "SELECT DISTINCT text, coalesce(country, '') FROM ({all}) WHERE text IS NOT NULL",
            all=sql.listed(queries, " UNION ALL "),
        )
    )
    rows = [
        (text, country, phone_key(text, code), phone_keys(text, code))
        for text, country in found
        for code in [read_country(country)]
    ]
    kinds = (pa.string(), pa.string(), pa.string(), pa.list_(pa.string()))
    columns = [pa.array([row[place] for row in rows], kind) for place, kind in enumerate(kinds)]
    return staging.append_table(table, pa.Table.from_arrays(columns, names=list(table.columns)))


def _numbers(mapping: Mapping, rules: list[Rule]) -> Iterator[Sql]:
    looked_up = looked_up_fields(mapping, rules)
    for rule in rules:
        country = country_of(mapping, rule)
        for field in sorted(PHONES & set(rule.node.fields)):
            if (rule.node.label, field) in looked_up:
                yield _texts(rule.dataset, rule.column(f"f_{field}"), country, several=field in _LISTS)
        for rank, alternative in enumerate(rule.node.match):
            for field in sorted(PHONES & set(alternative)):
                yield _texts(rule.dataset, rule.column(f"m{rank}_{field}"), country)
    for name, dataset in mapping.datasets.items():
        for index, link in enumerate(dataset.links):
            for part, end in (("start", link.start), ("end", link.end)):
                for field in PHONES & set((end.by if end is not None else None) or {}):
                    column, country = sql.name(link_column(index, part)), sql.bind(mapping.country_of(name))
                    split = end is not None and (end.by or {})[field].split is not None
                    yield _texts(name, column, country, several=split)


def _texts(dataset: str, column: Sql, country: Sql, *, several: bool = False) -> Sql:
    text = fill("unnest({c})", c=column) if several else column
    return fill(
        "(SELECT {text} AS text, {country} AS country FROM {values})",
        text=text, country=country, values=value_table(dataset),
    )  # fmt: skip
