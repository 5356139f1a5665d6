"""`relgraph quickstart`: a folder of exports becomes one page of findings."""

from pathlib import Path
from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out, step
from relgraph.moment import Now
from relgraph.options import Lang
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:

    @app.command()
    def quickstart(
        folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder (or file) with the exports.")],
        lang: Lang = "en",
        mapping: Annotated[
            Path | None,
            typer.Option(
                "--mapping", "-m", metavar="FILE", help="A mapping of yours instead of the proposed one."
            ),
        ] = None,
        page: Annotated[
            Path | None,
            typer.Option("--out", metavar="FILE", help="Where the page goes; default: into RELGRAPH_HOME."),
        ] = None,
        merge: Annotated[
            bool, typer.Option("--merge", help="Merge the records that are one, instead of telling of them.")
        ] = False,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Turn a folder of exports into one page of what they show.

        Proposes a mapping, loads, links and derives, and writes an HTML page.

        Nothing has to be configured and nothing is learned: it needs no mails and no training. What the
        files do not hold is named. Records that are one are told of, and merged only with `--merge` or where
        the home has rules of linking (`link.yml`).
        """
        from graph.alert.playbook import language
        from relgraph.quickstart.run import Wanted, run

        wanted = Wanted(folder, language(lang), mapping, page, merge)
        emit(run(wanted, Settings().at(now), step), as_json=as_json, render=_render)


def _render(data: dict[str, Any]) -> None:
    rows = data["rows"]
    out.print(f"{rows['read']:,} rows read, {rows['loaded']:,} loaded, {rows['quarantined']:,} in quarantine")
    for one in data["linked"]:
        out.print(_linked(one))
    for number, one in enumerate(data["top"], start=1):
        out.print(f"{number:2}. {one['says']}", markup=False)
    for one in data["sections"]["absent"]:
        out.print(f"    {one['says']}", markup=False)
    out.print(f"the page: {data['page']}", markup=False)
    out.print(f"the mapping: {data['mapping']}", markup=False)


def _linked(report: dict[str, Any]) -> str:
    """How many records of a kind are one, and what to do about them."""
    many, told = len(report["merged"]), f"{report['kind']}: {report['records']:,} records"
    if report["dry"]:
        then = ": relgraph resolve link merges the first and keeps the others for review"
        said = f"{told}, {many:,} stand twice, {report['review']:,} pairs may be one"
        return said + then if many or report["review"] else said
    return f"{told}, {many:,} were merged, {report['review']:,} wait: relgraph resolve review"
