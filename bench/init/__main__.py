"""`python -m bench.init [FOLDER.yml …] [--wrong]`: the share of columns read right, per labelled folder."""

from pathlib import Path
from statistics import mean
from typing import Annotated

import typer

from bench.init.measure import FOLDERS, Score, made, stated_folders

SURELY = 0.8
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
    _confidences(scores)


def _confidences(scores: list[Score]) -> None:
    """How sure the proposals are of what is right and of what is wrong."""
    right = [sure for score in scores for sure in score.sure]
    wrong = [one.confidence for score in scores for one in score.wrong]
    if right and wrong:
        many = sum(sure >= SURELY for sure in wrong)
        typer.echo(
            f"\nmean confidence {mean(right):.2f} where right, {mean(wrong):.2f} where wrong; "
            f"{many} of {len(wrong)} wrong ones at {SURELY} or more"
        )


def _row(score: Score, *, wrong: bool) -> None:
    typer.echo(f"| {score.name} | {score.columns} | {score.right:.1%} |")
    for one in score.wrong if wrong else ():
        said = f"read as {one.found} ({one.confidence:.2f})"
        typer.echo(f"    {one.file} · {one.column}: {one.expected}, {said}")


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
