"""The seniority of the job titles that rows name."""

import pyarrow as pa

from graph.sql import Relation, fill
from graph.title import read_title
from ingest import tables
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.values import value_table


def titles(staging: Staging, links: list[Link]) -> Relation:
    """`tables.TITLE`: every title of a job with the seniority that it says."""
    named = sorted({title for link in links if _names_titles(link) for title in _titles(staging, link)})
    levels = [read_title(title).seniority for title in named]
    read = pa.table({"title": pa.array(named, pa.string()), "seniority": pa.array(levels, pa.string())})
    return staging.append_table(staging.empty(tables.TITLE), read)


def _names_titles(link: Link) -> bool:
    return link.rule.type == "WORKS_AT" and "title" in link.rule.fields


def _titles(staging: Staging, link: Link) -> list[str]:
    query = fill(
        "SELECT DISTINCT {c} FROM {t} WHERE {c} IS NOT NULL",
        c=link.column("f_title"), t=value_table(link.dataset),
    )  # fmt: skip
    return [str(title) for (title,) in staging.rows(query)]
