"""Writing the truth."""

from dataclasses import asdict

import numpy as np
import orjson
import pandas as pd

from simulate.export import ids
from simulate.export.files import FileWriter
from simulate.strengths import CHURN, NEEDS, PEOPLE
from simulate.truth import tables
from simulate.world import World


def _products(world: World) -> pd.DataFrame:
    catalogue = world.catalogue
    return pd.DataFrame(
        {
            "item_no": ids.item(np.arange(len(catalogue.family))),
            "family": catalogue.family,
            "popularity": catalogue.popularity.ravel(),
            "position": catalogue.position.ravel(),
        }
    )


def _about(world: World) -> bytes:
    config = world.config
    about = {
        "customers": config.customers,
        "seed": config.seed,
        "dirt": config.dirt,
        "relational": config.relational,
        "first_day": str(config.start),
        "last_day": str(config.end),
        "period_days": config.period_days,
        "strengths": {"needs": asdict(NEEDS), "churn": asdict(CHURN), "people": asdict(PEOPLE)},
    }
    return orjson.dumps(about, option=orjson.OPT_INDENT_2)


def write_truth(writer: FileWriter, world: World) -> None:
    """Write what lies under the exports: rates, needs, roles, reporting lines, ties, doubles."""
    needs, moods = world.needs, world.moods
    writer.raw("truth.json", _about(world))
    writer.parquet("customers.parquet", tables.customers(world))
    writer.parquet("links.parquet", tables.links(world))
    writer.parquet("products.parquet", _products(world))
    writer.parquet("order_rate.parquet", tables.by_period(moods.rate))
    writer.parquet("disaffection.parquet", tables.by_period(moods.disaffection))
    writer.parquet("need.parquet", tables.by_family(needs.need).assign(taste=needs.taste))
    writer.parquet("taken_up.parquet", tables.by_family(needs.adopted.astype(np.int16)))
    writer.parquet("roles.parquet", tables.parts(world))
    writer.parquet("jobs.parquet", tables.jobs(world))
    writer.parquet("champions.parquet", tables.champions(world))
    writer.parquet("doubles.parquet", tables.doubles(world))
    writer.parquet("ties.parquet", tables.ties(world))
