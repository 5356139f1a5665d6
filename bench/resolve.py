"""`python -m bench.resolve`: how well records are linked by defaults, beside what is simple.

The public files are read where they are (`RELGRAPH_SHARED`); the others are made in code (`bench/dirty/`)
with the seeds named in the table: seed 1 was looked at while thresholds were chosen, the others were not.
"""

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import duckdb
import numpy as np
import pandas as pd
import typer

from bench.dirty import people, sites, titles
from bench.machine import machine_facts
from bench.report import Cell, Result, Table, keep, markdown
from ingest.resolve.components import components
from ingest.resolve.config import ResolveConfig
from ingest.resolve.evaluate import Judged, read_judged
from ingest.resolve.link import link
from ingest.resolve.metrics import Labels, bcubed, pair_agreement
from ingest.resolve.settings_file import read_settings
from tests.paths import REPO, SHARED


@dataclass(frozen=True, slots=True)
class Case:
    """Files, their truth, and a column whose equality is the simple way to link them."""

    name: str
    files: tuple[Path, ...]
    truth: str
    pattern: str | None = None
    simple: str | None = None
    config: Path | None = None


def public() -> Iterator[Case]:
    """The public files of known truth."""
    folder = SHARED / "data" / "entity_resolution"
    fake, febrl, products = folder / "fake_1000.csv", folder / "febrl3.csv", folder / "abt_buy"
    if not folder.is_dir():
        return
    example = REPO / "docs" / "examples" / "fake_1000.yml"
    yield Case("fake_1000, docs/examples/fake_1000.yml", (fake,), "cluster", simple="email", config=example)
    yield Case("fake_1000", (fake,), "cluster", simple="email")
    yield Case("febrl3", (febrl,), "rec_id", r"rec-(\d+)", "soc_sec_id")
    yield Case(
        "Abt-Buy", (products / "abt.csv", products / "buy.csv"), str(products / "gt.csv"), simple="name"
    )


def made(folder: Path, seed: int) -> Iterator[Case]:
    """Files made in code."""
    rows: dict[str, tuple[list[dict[str, Any]], str, str]] = {
        "people of the past": (people.past(1_000, seed), "person", "family"),
        "the same, whole names": (people.written_in_full(people.past(1_000, seed)), "person", "full_name"),
        "customers": (people.customers(1_000, seed), "person", "mail"),
        "sites of nine offices": (sites.offices(400, seed), "site", "Phone"),
        "restaurants": (sites.restaurants(600, seed), "class", "phone"),
        "offers of nine shops": (titles.offers(600, seed), "product", "title"),
        "company names": (titles.companies(800, seed), "entity", "company"),
        "Chinese company names": (titles.chinese(800, seed), "实体", "公司名称"),
    }
    for name, (records, truth, simple) in rows.items():
        yield Case(
            f"{name}, seed {seed}", (_written(folder / f"{name} {seed}.csv", records),), truth, simple=simple
        )
    left, right, pairs = titles.papers(700, seed)
    files = (_written(folder / f"left {seed}.csv", left), _written(folder / f"right {seed}.csv", right))
    truth_file = _written(folder / f"pairs {seed}.csv", [{"left": a, "right": b} for a, b in pairs])
    yield Case(f"papers of two lists, seed {seed}", files, str(truth_file), simple="title")


def _written(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def judged_row(case: Case) -> tuple[Cell, ...]:
    """F1 over pairs of ours, of equal simple columns, and of connected components over our likely pairs."""
    judged = read_judged(case.files, case.truth, case.pattern)
    started = datetime.now(UTC)
    with duckdb.connect() as connection:
        linked = link(judged.records, read_settings(case.config, ResolveConfig), connection)
    seconds = (datetime.now(UTC) - started).total_seconds()
    ours = pair_agreement(linked.cluster, judged.truth, judged.file)
    joined = components(len(judged.truth), linked.pairs[linked.weight > 0])
    chained = pair_agreement(joined, judged.truth, judged.file).f1
    return (
        case.name, len(judged.truth), linked.method, f"{ours.precision:.3f}", f"{ours.recall:.3f}",
        f"{ours.f1:.3f}", f"{bcubed(linked.cluster, judged.truth).f1:.3f}", f"{chained:.3f}",
        f"{case.simple}: {_equal(judged, case.simple):.3f}", round(seconds, 1),
    )  # fmt: skip


def _equal(judged: Judged, column: str | None) -> float:
    """F1 where records of equal value in a column are one."""
    if column is None:
        return 0.0
    codes: Labels = pd.factorize(judged.records.rows[column])[0].astype(np.int64)
    alone = codes < 0
    codes[alone] = codes.max(initial=0) + 1 + np.arange(int(alone.sum()))
    return pair_agreement(codes, judged.truth, judged.file).f1


def main(
    seeds: Annotated[str, typer.Option(help="Of the records made in code, comma-separated.")] = "1,101,102",
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("bench/results"),
) -> None:
    """Print and keep the table."""
    with tempfile.TemporaryDirectory() as folder:
        names = REPO / "tests" / "resolve" / "chinese_companies.csv"
        cases = [*public(), Case("216 pairs of Chinese names, by hand", (names,), "企业", simple="名称")]
        for seed in map(int, seeds.split(",")):
            cases += made(Path(folder), seed)
        rows = []
        for case in cases:
            rows.append(judged_row(case))
            typer.echo(rows[-1], err=True)
    columns = (
        *("records", "number", "by", "precision", "recall", "F1", "B-cubed F1"),
        *("components F1", "equal column F1", "seconds"),
    )
    notes = (
        "precision, recall, F1: over pairs of records in one cluster",
        "components: the same pairs joined as plain connected components",
        "equal column: records of equal value in that column are one, and nothing else",
    )
    table = Table("Linking without labels", columns, rows, notes)
    result = Result(
        "resolve", f"python -m bench.resolve --seeds {seeds}", datetime.now(UTC), machine_facts(), [table]
    )
    typer.echo(markdown(result))
    keep(result, out)


if __name__ == "__main__":
    typer.run(main)
