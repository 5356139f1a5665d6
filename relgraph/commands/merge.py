"""`relgraph merge` and `relgraph unmerge`: two records of one company or person become one, and two again."""

from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out
from relgraph.options import By, Reason
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:
    app.command()(merge)
    app.command()(unmerge)


def merge(
    keep: Annotated[
        str, typer.Argument(metavar="KEEP", help="The record that stays: Customer:ID or Contact:ID.")
    ],
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="The record that is taken into it, by any of its ids.")
    ],
    by: By,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Make two records of one company or person one.

    All of both is found at KEEP, and the ids of OTHER lead there.
    """
    from graph.merge import MergeWords, merge

    kind, _, keep_id = keep.partition(":")
    words = MergeWords(kind, keep_id, other.removeprefix(f"{kind}:"))
    _do(merge, words, by, reason, f"{other} is now {keep}", as_json=as_json)


def unmerge(
    merged: Annotated[
        str, typer.Argument(metavar="ID", help="The id of the merge, or of the record that it took in.")
    ],
    by: By,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Take a merge back.

    Both records are as they were, with what was written of either since.
    """
    from graph.merge import UnmergeWords, unmerge

    _do(unmerge, UnmergeWords(merged), by, reason, f"{merged} stands apart again", as_json=as_json)


def _do(service: Any, words: object, by: str, reason: str | None, said: str, *, as_json: bool) -> None:
    from graph.service import run_sync
    from relgraph.author import author_named
    from relgraph.engine import opened

    with opened(Settings()) as store:
        author = author_named(store, by, reason)
        outcome = run_sync(store, service, author, words)
    data = {"change_id": outcome.change_id, "records": outcome.touched, "by": author.source, "reason": reason}
    emit(data, as_json=as_json, render=lambda _: out.print(said))
