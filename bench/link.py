"""`python -m bench.link`: how well the doubled companies of simulated companies are linked, by defaults.

Some companies stand twice in the CRM or the ERP, under another spelling and without a shared key. Records are
read from the exports and joined by tax number, as a load does. The usual thresholds stood before any seed
was looked at.
"""

import tempfile
import time
from pathlib import Path
from typing import Annotated

import duckdb
import pandas as pd
import typer

from graph.model.party import OTHERS
from ingest.resolve.compared import TABLES, Kind
from ingest.resolve.linking.anew import linked_whole
from ingest.resolve.linking.config import LinkConfig
from ingest.resolve.linking.judge import Pair, judged, with_shared
from ingest.resolve.linking.sharing import shared_values
from simulate import SimulationConfig, simulate

FIELDS = ("customer_id", "name", "tax_id", "phone", "website", "city")
CRM = {"Name": "name", "Tax_ID__c": "tax_id", "BillingCity": "city", "Phone": "phone", "Website": "website"}
ERP = {"客户名称": "name", "统一社会信用代码": "tax_id", "地区": "city", "电话": "phone"}

Pairs = set[frozenset[str]]


def main(
    customers: Annotated[int, typer.Option(min=50)] = 2000,
    seeds: Annotated[list[int] | None, typer.Option("--seed")] = None,
) -> None:
    """Print precision and recall of what is merged, and how much waits for a person."""
    typer.echo(
        "| seed | records | doubled | merged | precision | recall | in review | s |\n" + "|---" * 8 + "|"
    )
    for seed in seeds or [7, 11]:
        with tempfile.TemporaryDirectory() as folder:
            exports, truth = Path(folder) / "exports", Path(folder) / "truth"
            simulate(SimulationConfig(customers, seed), exports, truth)
            frame, planted = records(exports, truth)
        typer.echo(row(seed, frame, planted))


def records(exports: Path, truth: Path) -> tuple[pd.DataFrame, Pairs]:
    """A row per customer, and which of them are one company."""
    erp = pd.read_csv(exports / "erp" / "客户主数据.csv", dtype=str, encoding="gb18030").rename(columns=ERP)
    crm = pd.read_csv(exports / "crm" / "Account.csv", dtype=str).rename(columns=CRM)
    erp["customer_id"] = "erp:" + erp["客户编号"]
    numbered = erp.dropna(subset="tax_id").set_index("tax_id")["customer_id"]
    crm["customer_id"] = crm["tax_id"].map(numbered).fillna("crm:" + crm["Id"])
    both = pd.concat([table.reindex(columns=list(FIELDS)) for table in (erp, crm)]).replace("?", None)
    frame = both.groupby("customer_id", as_index=False).first().astype(object)
    ids = {"crm": crm.set_index("Id")["customer_id"], "erp": erp.set_index("客户编号")["customer_id"]}
    doubles = pd.read_parquet(truth / "doubles.parquet")
    planted = {
        frozenset((ids[system][one], ids[system][other]))
        for system, one, other in zip(doubles["system"], doubles["id"], doubles["double_id"], strict=True)
    }
    return frame.where(frame.notna(), None), planted


def row(seed: int, frame: pd.DataFrame, planted: Pairs) -> str:
    """One line of the table."""
    began, config = time.perf_counter(), LinkConfig()
    _, pairs = found_pairs(frame, "Customer", config.seed)
    found = judged(frame, "Customer", pairs, config.customers, {})
    seconds = time.perf_counter() - began
    merged = {frozenset(pair.ids) for _, pair in found.merges}
    right = len(merged & planted)
    return (
        f"| {seed} | {len(frame):,} | {len(planted)} | {len(merged)} | {right / max(1, len(merged)):.3f} "
        f"| {right / len(planted):.3f} | {len(found.reviews)} | {seconds:.0f} |"
    )


def found_pairs(frame: pd.DataFrame, kind: Kind, seed: int) -> tuple[bool, list[Pair]]:
    """Whether a model was trained, and the pairs that a first run finds among these records."""
    table, _ = TABLES[kind]
    _, linked, likely = linked_whole(frame, kind, seed)
    with duckdb.connect() as scratch:
        scratch.register("given", frame.astype(pd.StringDtype()))
        several = ", ".join(f"NULL::VARCHAR[] AS {field}" for field in OTHERS.values())
        columns = f"*, {several}, NULL::TIMESTAMP AS ended_at"
        scratch.execute(f"CREATE TABLE {table} AS SELECT {columns} FROM given")  # noqa: S608 - names made here
        shared = shared_values(scratch, kind)
    return linked.fitted is not None, with_shared(likely, frame, kind, shared, len(frame))


if __name__ == "__main__":
    typer.run(main)
