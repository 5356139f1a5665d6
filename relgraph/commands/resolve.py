"""`relgraph resolve`: which records mean the same person, company or thing."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from relgraph.console import Json, emit, out, step
from relgraph.help import command_group
from relgraph.options import By, Reason
from relgraph.settings import Settings

SHOWN = 20
"""Merges that are told one by one."""


def register(app: typer.Typer) -> None:
    resolve = command_group("resolve", "Find and link records that mean the same.")
    resolve.command()(evaluate)
    resolve.command()(link)
    resolve.command()(review)
    resolve.command()(decide)
    app.add_typer(resolve)


def evaluate(
    records: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Files with records; with two, pairs between them.")
    ],
    truth: Annotated[
        str,
        typer.Option(
            metavar="COLUMN|FILE", help="A column of equal values, or a file of pairs of first columns."
        ),
    ],
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings (YAML); see docs/resolve.md.")
    ] = None,
    truth_pattern: Annotated[
        str | None,
        typer.Option(
            metavar="REGEX", help="Regular expression; records of equal first group belong together."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON on standard output.")
    ] = False,
) -> None:
    """Link records of files, and judge that by a known truth."""
    from ingest.resolve.config import ResolveConfig
    from ingest.resolve.evaluate import evaluate as judge
    from ingest.resolve.evaluate import read_judged
    from ingest.resolve.settings_file import read_settings

    settings = read_settings(config, ResolveConfig)
    judged = read_judged(records, truth, truth_pattern)
    if judged.untold:
        step(
            f"{judged.untold} of {len(judged.truth)} records say nothing in `{truth}`: "
            "each counts as a record of its own"
        )
    if not judged.pairs:
        step(
            f"`{truth}` holds no pair of records that belong together: recall says nothing, "
            "and whatever is linked is wrong"
        )
    evaluation, linked = judge(judged, settings)
    if as_json:
        typer.echo(orjson.dumps(evaluation.as_dict()).decode())
        return
    for column in linked.columns:
        step(f"{column.name}: {column.meaning} ({column.reason})")
    _render(evaluation.as_dict(), linked.method)


def link(
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Thresholds (YAML); see docs/resolve.md.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be merged; write nothing.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--all", help="Compare all records and learn anew, not only what is new.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Merge customers and contacts of the graph that are one.

    Those that may be one wait for `review`.

    After the first run only records that are new or have changed are compared.
    """
    from graph.clock import data_now
    from graph.history import open_history
    from graph.merge.suspend import Clerk
    from graph.service import run_sync
    from ingest.resolve.linking.config import link_config
    from ingest.resolve.linking.run import Mode, link_graph
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    settings = Settings()
    chosen = link_config(config, settings.home)
    with opened(settings) as store:
        clerk = Clerk("link", run_sync(store, data_now), datetime.now(UTC))
        with open_history(store, settings.home, duckdb_limits(settings)) as history:
            mode = Mode(settings.home, duckdb_limits(settings), whole=whole, dry=dry_run)
            found = link_graph(store, history.connection, chosen, clerk, mode, step)
    emit({"kinds": [one.as_dict() for one in found]}, as_json=as_json, render=_linked)


def _linked(data: dict[str, Any]) -> None:
    for one in data["kinds"]:
        said = "would be merged" if one["dry"] else "merged"
        out.print(
            f"{one['kind']}: {one['looked_at']:,} of {one['records']:,} records looked at"
            f"{' (' + one['why_all'] + ')' if one['why_all'] else ''}, {len(one['merged']):,} {said}, "
            f"{one['review']:,} in review ({one['new']:,} new, {one['withdrawn']:,} withdrawn)"
        )
        for keep, other, probability in one["merged"][:SHOWN]:
            out.print(f"  {other} → {keep}  {probability:.4f}")


def review(
    kind: Annotated[str, typer.Option(metavar="Customer|Contact", help="Which records.")] = "Customer",
    first: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 20,
    as_json: Json = False,
) -> None:
    """List records that may be one, with the evidence for it."""
    from graph.clock import data_now
    from graph.merge.review import reviews
    from graph.service import run_sync
    from relgraph.engine import opened

    with opened(Settings()) as store:
        found = run_sync(store, reviews, kind=kind, first=first, now=run_sync(store, data_now), viewer=None)
    emit({"reviews": [asdict(one) for one in found]}, as_json=as_json, render=_reviews)


def _reviews(data: dict[str, Any]) -> None:
    for one in data["reviews"]:
        out.print(f"[bold]{one['probability']:.4f}[/bold]  {one['one_id']}  ·  {one['other_id']}")
        if one["parent_id"]:
            out.print(f"  a branch, it seems: {one['parent_id']} stands above the other")
        for weight in one["weights"]:
            values = (
                f"{weight['one'] or '–'}  |  {weight['other'] or '–'}" if weight["field"] != "rarity" else ""
            )
            out.print(f"  {weight['bits']:+7.2f} bits  {weight['field']:8s} {values}")
    out.print(f"{len(data['reviews'])} in review")


def decide(
    one: Annotated[
        str, typer.Argument(metavar="ONE", help="Customer:ID or Contact:ID; of two that are one, it stays.")
    ],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other record.")],
    judgement: Annotated[str, typer.Argument(metavar="same|apart", help="What they are.")],
    by: By,
    reason: Reason = None,
) -> None:
    """Say whether two records are one; linking never says otherwise."""
    from graph.merge.decide import DecisionWords, decide_review
    from graph.service import run_sync
    from relgraph.author import author_named
    from relgraph.engine import opened

    kind, _, one_id = one.partition(":")
    with opened(Settings()) as store:
        words = DecisionWords(kind, one_id, other.removeprefix(f"{kind}:"), judgement)
        run_sync(store, decide_review, author_named(store, by, reason), words)
    out.print(f"{one}, {other}: {judgement}")


def _render(report: dict[str, Any], method: str) -> None:
    out.print(
        f"{report['records']} records, {report['clusters']} clusters, {report['seconds']} s, by {method}"
    )
    for name, judged in (("pairs", report), ("b-cubed", report["bcubed"])):
        shown = "  ".join(f"{key} {judged[key]:.4f}" for key in ("precision", "recall", "f1"))
        out.print(f"  {name:8s} {shown}")
