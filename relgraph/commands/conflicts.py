"""`relgraph conflicts`: which statement of contradicting sources holds."""

from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.moment import Now
from relgraph.options import By
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:
    group = command_group("conflicts", "Say which of two contradicting statements holds.")
    for resolution, text in (
        ("adopt", "Assert what a fact says: it counts from now on."),
        ("dismiss", "Say that a fact is wrong, and why: it counts no more."),
    ):
        group.command(resolution, help=text)(_resolution(resolution))
    app.add_typer(group)


def _resolution(resolution: str) -> Any:
    def resolved(
        contact: Annotated[str, typer.Argument(metavar="CONTACT", help="Any id of the contact.")],
        fact: Annotated[str, typer.Argument(metavar="FACT", help="Its id, as `chain --edges` shows it.")],
        by: By,
        why: Annotated[
            str | None, typer.Option("--reason", "--why", metavar="TEXT", help="Why; needed to dismiss.")
        ] = None,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        from graph.service import run_sync
        from graph.writing.conflict import ConflictWords, resolve_conflict
        from relgraph.author import author_named
        from relgraph.engine import opened

        settings = Settings().at(now)
        with opened(settings) as store:
            author = author_named(store, by, why, settings.now)
            run_sync(store, resolve_conflict, author, ConflictWords(contact, fact, resolution, why))
        data = {"fact_id": fact, "resolution": resolution, "by": author.source, "reason": why}
        emit(data, as_json=as_json, render=lambda _: out.print(f"{fact}: {resolution}"))

    return resolved
