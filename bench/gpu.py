"""Both networks learned on the processor and on the GPU that torch sees, side by side on one drawn log.

`python -m bench.gpu` prints one JSON line per network: seconds each way and their ratio, and how well each
ranks a later window. Without a GPU it says so and ends with code 2.
"""

import time
from collections.abc import Callable
from typing import Annotated, Any

import orjson
import pandas as pd
import torch
import typer

from bench.groceries import Shape, departments, draw_lines
from gnn.calendar import cutoffs_before
from gnn.churn import training as churn
from gnn.churn.labels import churn_labels
from gnn.cross_sell import training as cross_sell
from gnn.cross_sell.labels import cross_sell_labels
from gnn.cross_sell.ranking import ranking_window
from gnn.evaluate.classification import auc
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import FeatureSets, Window, feature_sets, label_windows
from gnn.snapshot.cut import cut
from gnn.snapshot.tables import Log, log_of

HORIZON = pd.Timedelta(days=60)
CUTOFF = pd.Timestamp("2023-11-01")
SEED = 0
Learn = Callable[[torch.device], tuple[Any, int]]


def main(
    households: Annotated[int, typer.Option(help="Customers.")] = 20_000,
    lines: Annotated[int, typer.Option(help="Order lines.")] = 2_000_000,
    products: Annotated[int, typer.Option(help="Products.")] = 5_000,
    epochs: Annotated[int, typer.Option(help="Steps over all windows.")] = 20,
    threads: Annotated[int, typer.Option(help="Threads of the processor.")] = 1,
) -> None:
    """Print the comparison."""
    if not torch.cuda.is_available():
        typer.echo("torch sees no GPU here, so there is nothing to compare", err=True)
        raise typer.Exit(2)
    log = drawn_log(Shape(households, lines, products))
    sets = feature_sets(log, cutoffs_before(log, CUTOFF, HORIZON))
    with reproducible(SEED, threads):
        for compared in (_churn(log, sets, epochs), _cross_sell(log, sets, epochs)):
            typer.echo(orjson.dumps(compared).decode())


def drawn_log(shape: Shape) -> Log:
    """What is known of a grocer's log just before the cut-off."""
    lines = draw_lines(shape, departments(shape))
    lines["line"] = lines.groupby("basket_id").cumcount()
    orders = lines.groupby("basket_id", as_index=False).agg(
        customer_id=("household_id", "first"),
        at=("transaction_timestamp", "first"),
        amount=("sales_value", "sum"),
    )
    tables = {
        "customers": orders[["customer_id"]]
        .drop_duplicates()
        .astype(str)
        .assign(created_at=orders["at"].min()),
        "products": lines[["product_id"]].drop_duplicates().astype(str),
        "orders": _text(orders.assign(kind="sale"), "basket_id", "customer_id").rename(
            columns={"basket_id": "order_id"}
        ),
        "lines": _text(lines, "basket_id", "product_id").rename(
            columns={"basket_id": "order_id", "sales_value": "amount"}
        ),
    }
    return cut(log_of(tables), CUTOFF)


def _text(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return frame.assign(**{column: frame[column].astype(str) for column in columns})


def _churn(log: Log, sets: FeatureSets, epochs: int) -> dict[str, Any]:
    windows = label_windows(churn_labels, log, sets, SEED)
    newest = windows.valid[-1]

    def measured(model: Any) -> float:
        return auc(newest.labels.churned, model.logits(newest.features)[newest.labels.rows])

    return _compared(
        "churn", lambda device: churn.train_network(windows.train, epochs, None, device), measured
    )


def _cross_sell(log: Log, sets: FeatureSets, epochs: int) -> dict[str, Any]:
    windows = label_windows(cross_sell_labels, log, sets, SEED)
    examples = [ranking_window(_few(window)).example for window in windows.train]
    newest, pool = ranking_window(_few(windows.valid[-1])), cross_sell.train_pool(examples)

    def measured(ranker: Any) -> float:
        return newest.quality(ranker.on(newest.inputs)(newest.request))

    def learn(device: torch.device) -> tuple[Any, int]:
        return cross_sell.train_network(examples, pool, epochs, None, device)

    return _compared("cross-sell", learn, measured)


def _few(window: Window[Any]) -> Window[Any]:
    return window.only(window.labels.rows[: cross_sell.MAX_CUSTOMERS])


def _compared(task: str, learn: Learn, measured: Callable[[Any], float]) -> dict[str, Any]:
    """Each way timed; on the GPU the second time, since the first loads its kernels."""
    found: dict[str, Any] = {"task": task, "gpu_name": torch.cuda.get_device_name()}
    for device in (torch.device("cpu"), torch.device("cuda")):
        torch.manual_seed(SEED)
        if device.type == "cuda":
            learn(device)
            torch.manual_seed(SEED)
        begun = time.perf_counter()
        model, _ = learn(device)
        found[f"{device.type}_seconds"] = round(time.perf_counter() - begun, 2)
        found[f"{device.type}_quality"] = round(float(measured(model)), 4)
    found["ratio"] = round(found["cpu_seconds"] / found["cuda_seconds"], 1)
    return found


if __name__ == "__main__":
    typer.run(main)
