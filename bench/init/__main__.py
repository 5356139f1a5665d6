"""`python -m bench.init [FOLDER.yml …] [--wrong]`: the share of columns read right, per labelled folder."""

from pathlib import Path
from typing import Annotated

import typer

from bench.init.measure import FOLDERS, Score, made, stated_folders

PARTS = ("blind", "later")
"""Folders that were kept aside at first, and such that came later."""


def main(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Labelled folders; all when none is named.")
    ] = None,
    wrong: Annotated[bool, typer.Option("--wrong", help="Name the columns that are wrong.")] = False,
) -> None:
    """Print the table."""
    paths = folders or [
        *stated_folders(),
        *(path for part in PARTS for path in stated_folders(FOLDERS / part)),
    ]
    scores = [made(path) for path in paths]
    typer.echo("| folder | columns | right |\n|---|---|---|")
    for score in scores:
        _row(score, wrong=wrong)
    columns = sum(score.columns for score in scores)
    right = columns - sum(len(score.wrong) for score in scores)
    typer.echo(f"| all | {columns} | {right / columns:.1%} |")


def _row(score: Score, *, wrong: bool) -> None:
    typer.echo(f"| {score.name} | {score.columns} | {score.right:.1%} |")
    for one in score.wrong if wrong else ():
        typer.echo(f"    {one.file} · {one.column}: {one.expected}, read as {one.found}")


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
