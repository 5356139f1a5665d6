"""Match weights of candidate pairs: Fellegi and Sunter's model, trained by Splink without labels."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

from graph.sql.run import make
from ingest.resolve.blocking import Key, keys, training_keys
from ingest.resolve.comparisons import comparisons
from ingest.resolve.prepare import Prepared
from ingest.sql import statement

RANDOM_PAIRS = 300_000
TRAINING_PAIRS = 100_000
LEAST_TRAINING = 100
LEAST_SHARE = 1e-6
UNLEARNED = 0.95
"""How many matches agree exactly where nothing was learned."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidate pairs and how much the evidence speaks for each."""

    pairs: NDArray[np.int64]
    """Numbers of records, shape (pairs, 2), lower number first."""
    weight: NDArray[np.float64]
    """Log2 of the Bayes factor: without the prior."""
    levels: NDArray[np.int8]
    """How each column agrees, shape (pairs, columns): 0 differs, more is better, -1 where one is missing."""
    shares: tuple[NDArray[np.float64], ...]
    """For each column, how many of the matches have each level."""
    others: tuple[NDArray[np.float64], ...]
    """For each column, how many of the pairs that do not match have each level."""
    columns: tuple[str, ...]
    """The prepared columns, in the order of `levels`."""
    blocking: tuple[Key, ...]
    comparisons: tuple[dict[str, Any], ...]
    """Of each column, as Splink describes it: `comparison_levels` with `sql_condition`, the best first."""
    notes: tuple[str, ...] = ()


def scored(
    prepared: Prepared, near: NDArray[np.int64], connection: duckdb.DuckDBPyConnection, seed: int
) -> Scored:
    """Train on the table and weigh every candidate: pairs with a blocking key in common, and `near` ones."""
    connection.execute("set enable_progress_bar = false")
    connection.register("prepared_frame", prepared.table)
    pairs = {"near": np.arange(len(near)), "one": near[:, 0], "other": near[:, 1]}
    connection.register("near_frame", pd.DataFrame(pairs))
    make(connection, "prepared", statement("linking.prepared"))
    blocking = keys(prepared, connection)
    linker = _linker(prepared, blocking, connection)
    training = training_keys(prepared, connection, max(LEAST_TRAINING, len(prepared.table) // 10))
    notes = _train(linker, training, seed)
    found = linker.inference.predict(warning_mode="never")
    described = connection.execute(f"describe {found.physical_name}").fetchall()
    kept = [
        name for name, *_ in described if name.startswith("gamma_")
    ]  # columns that it cannot weigh are left out
    frame = connection.execute(
        f"select {', '.join(['row_l', 'row_r', 'match_weight', *kept])} from {found.physical_name}"  # noqa: S608 - names made here
    ).df()
    return _as_scored(frame, linker.misc.save_model_to_json(), tuple(blocking), notes)


def bits_of_levels(
    shares: Sequence[NDArray[np.float64]], others: Sequence[NDArray[np.float64]]
) -> list[NDArray[np.float64]]:
    """For each column, log2 of how much oftener matches have each level; the last, read for -1, is 0."""
    return [
        np.append(np.log2(np.maximum(share, LEAST_SHARE) / np.maximum(other, LEAST_SHARE)), 0.0)
        for share, other in zip(shares, others, strict=True)
    ]


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
        retain_matching_columns=True,  # without them it keeps no levels either
        max_iterations=40,
    )
    api = DuckDBAPI(connection)
    return Linker(api.register(connection.table("prepared")), settings, log_level=None)


def _train(linker: Linker, training: Sequence[Key], seed: int) -> tuple[str, ...]:
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=seed)
    notes = list[str]()
    for key in training:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*key.parts), max_pairs=TRAINING_PAIRS
            )
        except (EMTrainingException, ValueError) as error:
            # Splink refuses to go on where no pair is left, and where a share of matches falls to nothing.
            notes.append(f"nothing learned from records of equal {', '.join(key.columns)}: {error}")
    return tuple(notes)


def _as_scored(
    frame: pd.DataFrame, model: dict[str, Any], blocking: tuple[Key, ...], notes: tuple[str, ...]
) -> Scored:
    prior = float(model["probability_two_random_records_match"])
    pairs = np.sort(frame[["row_l", "row_r"]].to_numpy(dtype=np.int64), axis=1)
    weight = frame["match_weight"].to_numpy(dtype=float) - np.log2(prior / (1 - prior))
    used = [part for part in model["comparisons"] if f"gamma_{part['output_column_name']}" in frame.columns]
    columns = [f"gamma_{comparison['output_column_name']}" for comparison in used]
    levels = frame[columns].to_numpy(dtype=np.int8)
    shares = tuple(_shares(comparison, "m_probability", UNLEARNED) for comparison in used)
    others = tuple(_shares(comparison, "u_probability", 1 - UNLEARNED) for comparison in used)
    names = tuple(str(comparison["output_column_name"]) for comparison in used)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return Scored(
        pairs[order], weight[order], levels[order], shares, others, names, blocking, tuple(used), notes
    )


def _shares(comparison: dict[str, Any], kind: str, exact: float) -> NDArray[np.float64]:
    """Shares of pairs by level, from the one that differs up; Splink lists the best first.

    kind: of matches or of the others. exact: how many of them agree exactly where nothing was learned.
    """
    found = [level.get(kind) for level in comparison["comparison_levels"] if not level.get("is_null_level")]
    # Where nothing was learned Splink takes these.
    rest = (1 - exact) / max(1, len(found) - 1)
    taken = [exact if place == 0 else rest for place in range(len(found))]
    shares = [known if share is None else share for share, known in zip(found, taken, strict=True)]
    return np.array(shares[::-1], dtype=np.float64)
