"""`relgraph quality`: how good the data are, what changed, and what to repair."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relgraph.console import Json, emit, out, step
from relgraph.moment import Now
from relgraph.options import Lang
from relgraph.settings import Settings

if TYPE_CHECKING:
    from graph.alert.playbook import Language
    from relgraph.quality.run import Quality


def register(app: typer.Typer) -> None:
    @app.command()
    def quality(
        lang: Lang = "en",
        html: Annotated[
            Path | None,
            typer.Option(dir_okay=False, metavar="FILE", help="Write one self-contained page there, too."),
        ] = None,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Measure the quality of the data of each source.

        Says how complete, valid, unique, fresh and consistent they are.

        The measurement is kept, so that the next one shows what has changed. Where a field that a source
        keeps is missing in more than 5% of its records, an alert names the repair.
        """
        from graph.alert.playbook import language
        from relgraph.quality.page import page

        told = language(lang)
        if html is not None:  # before minutes of measuring, not after them
            _make_folder(html)
        found = _measured(Settings().at(now), told)
        if html is not None:
            html.write_text(page(found, told), encoding="utf-8")
        data = found.as_dict() | {"page": str(html) if html else None}
        emit(data, as_json=as_json, render=lambda _: _render(found, told, html))


def _make_folder(html: Path) -> None:
    """Make the folder of the page; raises UsageError where nothing can be written there."""
    from graph.errors import UsageError

    try:
        html.parent.mkdir(parents=True, exist_ok=True)
        with html.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise UsageError(f"{html} cannot be written: {error.strerror}") from error


def _measured(settings: Settings, language: "Language") -> "Quality":
    from graph.clock import data_now
    from graph.history import open_history
    from graph.service import run_sync
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.quality.run import measured

    limits = duckdb_limits(settings)
    with opened(settings) as store:
        now = settings.now or run_sync(store, data_now)
        step("history")
        with open_history(store, settings.home, limits) as history:
            step("measuring")
            return measured(store, history, settings, now, datetime.now(UTC), language, limits)


def _render(quality: "Quality", language: "Language", html: Path | None) -> None:
    from relgraph.quality.show import aligned, header, made, rest, row, shown, since

    out.print(made(quality, language), since(quality, language), markup=False)
    rows = [row(one, language, compared=bool(quality.earlier)) for one in shown(quality)]
    for line in aligned([header(language), *rows]):
        out.print(line, markup=False)
    for line in (*rest(quality, language), *(f"{one.message} [{one.alert_id}]" for one in quality.repairs)):
        out.print(line, markup=False)
    if html is not None:
        out.print(f"the page: {html}", markup=False)
