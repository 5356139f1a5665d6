"""`relgraph evaluate`: learn strictly before a cut-off and judge on what came after."""

from typing import Annotated, Any

import typer

from gnn.tasks import find_task
from relgraph.commands.train import TaskName, day, require_learning
from relgraph.console import Json, emit, out, step


def register(app: typer.Typer) -> None:

    @app.command()
    def evaluate(
        task: TaskName,
        cutoff: Annotated[
            list[str],
            typer.Option(
                help="Learn before this date, judge after it; several are judged one by one and pooled."
            ),
        ],
        horizon: Annotated[int, typer.Option(min=1, help="Days ahead.")],
        seed: Annotated[int, typer.Option(help="Same data and seed, same report.")] = 7,
        as_json: Json = False,
    ) -> None:
        """Compare every candidate model and baseline on customers after a past cut-off."""
        require_learning()
        emit(evaluated(task, cutoff, horizon, seed), as_json=as_json, render=_render)


def evaluated(task: str, cutoffs: list[str], horizon: int, seed: int) -> dict[str, Any]:
    """The report of `gnn.evaluate` on the graph of the settings; of several cut-offs the pooled one."""
    from gnn.evaluate.run import evaluate as judge
    from gnn.evaluate.run import evaluate_several
    from gnn.snapshot.known import known_log
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    moments, learned = [day(cutoff) for cutoff in dict.fromkeys(cutoffs)], find_task(task)
    settings = Settings()
    with opened(settings) as store:
        step("reading the graph")
        log, _ = known_log(store, settings.now, settings.home, duckdb_limits(settings))
    step(f"training {task} before {', '.join(cutoffs)}")
    if len(moments) > 1:
        return evaluate_several(log, learned, moments, horizon, seed, settings.home)
    return judge(log, learned, moments[0], horizon, seed, settings.home)


def _render(report: dict[str, Any]) -> None:
    for part in report.get("cutoffs", []):
        _render_rows(part, part["cutoff"])
    pooled = f"{len(report.get('cutoffs', []))} cut-offs together"
    _render_rows(report, report.get("cutoff", pooled))


def _render_rows(report: dict[str, Any], when: str) -> None:
    metric = find_task(report["task"]).metric
    out.print(
        f"{report['task']} at {when}, {report['horizon_days']} days ahead, "
        f"{report['population']} customers; selected on validation: {report['selected']}"
    )
    if "observed_days" in report:
        out.print(f"note: the data cover {report['observed_days']} of the {report['horizon_days']} days")
    for remark in report.get("remarks", []):
        out.print(f"note: {remark}")
    for row in report["rows"]:
        if "not_run" in row:
            out.print(f"  {row['model']:22s} not run: {row['not_run']}")
            continue
        low, high = row["ci95"]
        second, value = next(item for item in row.items() if item[0] not in ("model", metric, "ci95"))
        more = f"  {second} {value:.4f}"
        out.print(f"  {row['model']:22s} {metric} {row[metric]:.4f} [{low:.4f}, {high:.4f}]{more}")
