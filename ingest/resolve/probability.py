"""Match weights of candidate pairs: Fellegi and Sunter's model, trained by Splink without labels."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

from ingest.resolve.blocking import Key, keys
from ingest.resolve.comparisons import comparisons
from ingest.resolve.prepare import Prepared

RANDOM_PAIRS = 300_000
TRAINING_PAIRS = 300_000
LEAST_TRAINING = 100
SESSIONS = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidate pairs and how much the evidence speaks for each."""

    pairs: NDArray[np.int64]
    """Numbers of records, shape (pairs, 2), lower number first."""
    weight: NDArray[np.float64]
    """Log2 of the Bayes factor: without the prior."""
    notes: tuple[str, ...] = ()


def scored(
    prepared: Prepared, near: NDArray[np.int64], connection: duckdb.DuckDBPyConnection, seed: int
) -> Scored:
    """Train on the table and weigh every candidate: pairs with a blocking key in common, and `near` ones."""
    table = prepared.table.assign(near=pd.Series(_near_lists(len(prepared.table), near), dtype=object))
    connection.execute("set enable_progress_bar = false")
    connection.register("prepared_frame", table)
    connection.execute("create or replace table prepared as select * from prepared_frame")
    blocking = keys(prepared, connection)
    linker = _linker(prepared, blocking, connection)
    notes = _train(linker, blocking, seed)
    found = linker.inference.predict(warning_mode="never")
    frame = found.as_pandas_dataframe()  # type: ignore[no-untyped-call]  # its result has no types
    return _as_scored(frame, float(_prior(linker)), notes)


def _near_lists(records: int, near: NDArray[np.int64]) -> list[list[int]]:
    """For each record the numbers of the pairs that it is in: the key that these pairs have in common."""
    lists: list[list[int]] = [[] for _ in range(records)]
    for number, (left, right) in enumerate(near.tolist()):
        lists[left].append(number)
        lists[right].append(number)
    return lists


def _linker(prepared: Prepared, blocking: Sequence[Key], connection: duckdb.DuckDBPyConnection) -> Linker:
    logging.getLogger("splink").setLevel(logging.ERROR)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        comparisons=comparisons(prepared),
        blocking_rules_to_generate_predictions=[
            *(block_on(*key.parts) for key in blocking),
            block_on("near", arrays_to_explode=["near"]),
        ],
        probability_two_random_records_match=1 / max(10, len(prepared.table)),
        retain_matching_columns=False,
        max_iterations=40,
    )
    api = DuckDBAPI(connection)
    return Linker(api.register(connection.table("prepared")), settings, log_level=None)


def _train(linker: Linker, blocking: Sequence[Key], seed: int) -> tuple[str, ...]:
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=seed)
    notes = list[str]()
    for key in _training_keys(blocking):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*key.parts), max_pairs=TRAINING_PAIRS
            )
        except EMTrainingException as error:
            notes.append(f"nothing learned from records of equal {', '.join(key.columns)}: {error}")
    return tuple(notes)


def _training_keys(blocking: Sequence[Key]) -> list[Key]:
    """Keys with enough pairs, of columns that differ, so that each column is trained by keys of others."""
    chosen, used = list[Key](), set[str]()
    enough = [key for key in blocking if key.pairs >= LEAST_TRAINING]
    for key in enough:
        if used.isdisjoint(key.columns):
            chosen.append(key)
            used.update(key.columns)
        if len(chosen) == SESSIONS:
            break
    return chosen


def _prior(linker: Linker) -> float:
    return float(linker._settings_obj._probability_two_random_records_match)


def _as_scored(frame: pd.DataFrame, prior: float, notes: tuple[str, ...]) -> Scored:
    pairs = np.sort(frame[["row_l", "row_r"]].to_numpy(dtype=np.int64), axis=1)
    weight = frame["match_weight"].to_numpy(dtype=float) - np.log2(prior / (1 - prior))
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return Scored(pairs[order], weight[order], notes)
