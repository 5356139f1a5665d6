"""`python -m bench.interactions --train F --test F [--json]`: candidates on a public interaction split."""

from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd
import typer
from scipy import sparse

from bench.interactions.candidates import Choice, all_lists, choose
from bench.interactions.lines import Pairs, matrix, read_pairs
from bench.interactions.lists import judged
from graph.errors import UsageError

app = typer.Typer()
Row = dict[str, str | float | bool]


@app.command()
def main(
    train: Annotated[Path, typer.Option(help="Lines `user item item …`, or `user item weight` triples.")],
    test: Annotated[Path, typer.Option(help="The same of what came after; opened once the choice is made.")],
    seed: Annotated[int, typer.Option(help="Draws what is held back to choose on.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON.")] = False,
) -> None:
    """Fit and choose on the train file, judge every candidate on the test file."""
    try:
        rows = compared(train, test, seed)
    except UsageError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(orjson.dumps({"rows": rows}).decode())
        return
    for row in rows:
        mark = "  selected" if row["selected"] else ""
        typer.echo(f"{row['model']:<14}{row['recall@20']:.4f}  {row['ndcg@20']:.4f}{mark}")


def compared(train: Path, test: Path, seed: int) -> list[Row]:
    """A row per candidate: recall@20 and NDCG@20 over the users with test items, items of train masked."""
    known = read_pairs(train)
    users, items = (pd.Index(known[name].unique()) for name in ("user", "item"))
    bought = matrix(known, users, items)
    choice = choose(bought, seed)
    return _rows(read_pairs(test), bought, users, items, choice)


def _rows(
    later: Pairs, bought: sparse.csr_matrix, users: pd.Index, items: pd.Index, choice: Choice
) -> list[Row]:
    """Users and items that train does not name count with all their test items; no list holds those."""
    sizes = later.groupby("user", sort=False).size()
    rows = users.get_indexer(sizes.index)
    known: npt.NDArray[np.bool_] = rows >= 0
    if not known.any():
        raise UsageError("no user of the test file stands in the train file; nobody can be judged")
    wanted, count = matrix(later, users, items)[rows[known]], np.asarray(sizes, dtype=np.int64)[known]
    share = float(known.mean())
    found = all_lists(bought, choice, rows[known])
    return [
        {
            "model": name,
            "recall@20": float(recalls.mean()) * share,
            "ndcg@20": float(gains.mean()) * share,
            "selected": name == choice.selected,
        }
        for name, lists in found.items()
        for recalls, gains in (judged(lists, wanted, count),)
    ]


if __name__ == "__main__":
    app()
