"""What a model learns where there is nothing to learn, and names with remarks."""

import random

import duckdb
import numpy as np
import pandas as pd
import pytest

from ingest.resolve.config import ResolveConfig
from ingest.resolve.link import link
from ingest.resolve.name_parts import with_parts_of_names
from ingest.resolve.profile import Column
from ingest.resolve.records import Records
from ingest.resolve.refine import refined

GIVEN = ("Anna", "Mark", "Priya", "Tom", "Grace", "Victor", "Emily", "Carlos", "Laura", "Peter")
FAMILY = ("Keller", "Doyle", "Nair", "Sanders", "Lin", "Hale", "Stone", "Mendez", "Quinn", "Novak")


def _people(count: int, seed: int) -> Records:
    """Different people, of whom several share a name, with addresses made of it."""
    rng = random.Random(seed)
    rows = []
    for _ in range(count):
        given, family = rng.choice(GIVEN), rng.choice(FAMILY)
        born = f"{rng.randrange(1940, 2004)}-{rng.randrange(2, 13):02}-{rng.randrange(2, 29):02}"
        mail = f"{given}.{family}{rng.randrange(10_000)}@mail.example".lower()
        rows.append({"first_name": given, "last_name": family, "date_of_birth": born, "email": mail})
    table = pd.DataFrame(rows, dtype=object)
    return Records(table, pd.Series(np.zeros(count, dtype=np.int64)), table["email"])


@pytest.mark.parametrize("seed", [1, 2])
def test_namesakes_without_a_double_stay_apart(seed: int) -> None:
    records = _people(400, seed)
    with duckdb.connect() as connection:
        cluster = link(records, ResolveConfig(), connection).cluster
    assert len(set(cluster.tolist())) >= 399


def test_matches_that_mostly_differ_in_a_bounded_column_are_no_matches() -> None:
    """One column agrees by chance in every tenth pair; the other differs wherever it does."""
    pairs = np.array([(n, n + 1) for n in range(0, 200, 2)], dtype=np.int64)
    levels = np.array([(1, 0)] * 100, dtype=np.int64)
    weight = np.full(100, 12.0)
    shares = (np.array([0.05, 0.95]), np.array([0.99, 0.01]))
    free = refined(200, pairs, weight, levels, shares).weight
    bounded = refined(200, pairs, weight, levels, shares, [1.0, 0.25]).weight
    assert (bounded < free - 1.5).all()


def test_what_was_learned_as_impossible_is_only_unlikely() -> None:
    pairs = np.array([(n, n + 1) for n in range(0, 200, 2)], dtype=np.int64)
    levels = np.array([(1,)] * 99 + [(0,)], dtype=np.int64)
    weight = np.array([20.0] * 99 + [-200.0])
    shares = (np.array([2.0**-220, 1 - 2.0**-220]),)
    assert refined(200, pairs, weight, levels, shares).weight[-1] > -20.0


def test_a_rank_or_a_place_behind_a_name_is_no_surname() -> None:
    names = [
        "Edward Marshall, 1st Baronet",
        "Edward Marshall of Thornhill",
        "Sir Edward Marshall",
        "Hale, Tom",
    ]
    rows = pd.DataFrame({"name": names * 2}, dtype=object)
    table, columns = with_parts_of_names(rows, [Column("name", "person_name", "told")])
    assert [column.meaning for column in columns] == ["ignored", "given_name", "surname"]
    assert list(table["name: surname"][:4]) == ["Marshall", "Marshall", "Marshall", "Hale"]
