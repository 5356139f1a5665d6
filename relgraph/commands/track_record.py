"""`relgraph track-record`: how often what was served came true."""

from typing import Any

import typer

from relgraph.commands.train import require_learning
from relgraph.console import Json, emit, out, step
from relgraph.moment import Now


def register(app: typer.Typer) -> None:

    @app.command("track-record")
    def track_record(now: Now = None, as_json: Json = False) -> None:
        """Say how often scores, offers and forecasts came true.

        Judges all whose horizon has passed, by band, industry, segment and more.

        The record stays in the graph, where `trackRecord` of the API reads it.
        """
        require_learning()
        emit(judged(now), as_json=as_json, render=_render)


def judged(now: str | None = None) -> dict[str, Any]:
    """The track record of the graph of the settings, as of the company's now."""
    from gnn.snapshot.known import known_log
    from gnn.track_record.record import keep
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    settings = Settings().at(now)
    with opened(settings) as store:
        step("reading the graph")
        log, as_of = known_log(store, settings.now, settings.home, duckdb_limits(settings))
        step("judging what was served")
        return keep(store, log, as_of)


def _render(record: dict[str, Any]) -> None:
    out.print(f"as of {record['as_of'][:10]}; {record['pending']:,} scores have their horizon before them")
    if not record["lines"]:
        out.print("  nothing to judge yet")
    for line in record["lines"]:
        _line(line)


def _line(line: dict[str, Any]) -> None:
    if line["by"] in ("all", "currency"):
        served = f"served {line['served_from']} to {line['served_until']}"
        out.print(f"\n[bold]{line['task']}[/bold] {line['model_id']}, {served}")
    label = line["by"] if line["by"] == "all" else f"{line['by']} {line['value']}"
    if "error" in line:
        means = f"expected {line['expected']:,.1f}, came {line['actual']:,.1f}, off by {line['error']:,.1f}"
        within = f"within the band {line['realised']:.3f} ({line['low']:.3f}–{line['high']:.3f})"
        out.print(f"  {label:32s} {line['cases']:>7,} cases  {means}, {within} of {line['predicted']:.1f}")
        return
    said = f"said {line['predicted']:.3f}, " if "predicted" in line else ""
    came = f"came true {line['realised']:.3f} ({line['low']:.3f}–{line['high']:.3f})"
    more = f", accepted {line['accepted']:,}" if "accepted" in line else ""
    more += f", AUC {line['auc']:.3f}" if line.get("auc") is not None else ""
    out.print(f"  {label:32s} {line['cases']:>7,} cases  {said}{came}{more}")
