"""`relgraph evaluate`: learn strictly before a cut-off and judge on what came after."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from gnn.tasks import find_task, task_names
from graph.errors import UsageError
from relgraph.commands.evaluate_hierarchy import HIERARCHY, hierarchy
from relgraph.commands.train import day, require_learning
from relgraph.console import Json, emit, out, say_memory, step
from relgraph.settings import Settings

Judged = Annotated[str, typer.Argument(metavar="|".join([*task_names(), HIERARCHY]), help="What to judge.")]
Told = Annotated[
    float | None,
    typer.Option(help="hierarchy: tell this share of the rows, judge the others; 0.8 of 5 folds."),
]


COUNTED = {"win": "open deals", "lead": "open leads"}
"""What a task counts, where it is not customers."""


def register(app: typer.Typer) -> None:

    @app.command()
    def evaluate(  # noqa: PLR0913, PLR0917 - one parameter per option
        task: Judged,
        cutoff: Annotated[
            list[str] | None,
            typer.Option(
                metavar="DATE",
                help="Learn before this date, judge after it; several are judged one by one and pooled.",
            ),
        ] = None,
        horizon: Annotated[int | None, typer.Option(min=1, help="Days ahead.")] = None,
        truth: Annotated[
            Path | None,
            typer.Option(metavar="FILE", help="hierarchy: CSV with the columns person and manager."),
        ] = None,
        known_managers: Annotated[
            bool, typer.Option("--known-managers", help="hierarchy: tell who is a superior at all.")
        ] = False,
        known_share: Told = None,
        folds: Annotated[
            int | None, typer.Option(min=2, help="hierarchy: with --known-share; each row is hidden once.")
        ] = None,
        seed: Annotated[int, typer.Option(help="Same data and seed, same report.")] = 7,
        as_json: Json = False,
    ) -> None:
        """Compare models and baselines on what came after a past day.

        `evaluate hierarchy --truth FILE` judges inferred superiors by known reporting lines instead.
        """
        require_learning()
        if task == HIERARCHY:
            from gnn.reporting_lines.evaluate import Question

            if truth is None:
                raise UsageError("evaluate hierarchy needs --truth FILE, with the columns person and manager")
            question = Question(known_managers, known_share, folds, seed)
            _print_hierarchy(hierarchy(truth, question), as_json=as_json)
            return
        if not cutoff or horizon is None:
            raise UsageError(f"evaluate {task} needs --cutoff DATE and --horizon DAYS")
        emit(evaluated(task, cutoff, horizon, seed), as_json=as_json, render=_render)


def _print_hierarchy(found: dict[str, float], *, as_json: bool) -> None:
    """One line of JSON with the measures and nothing else, or the same for people."""
    if as_json:
        typer.echo(orjson.dumps(found).decode())
    else:
        out.print(f"{found['people']} people, {found['candidates']:.1f} candidates each")
        out.print(f"the superior is first for {found['hit@1']:.3f}, among three for {found['hit@3']:.3f}")
        out.print(
            f"calibration error {found['ece']:.3f} ({found['ece_expected']:.3f} by chance), "
            f"Brier skill {found['brier_skill']:.3f}"
        )
    say_memory(Settings())


def evaluated(task: str, cutoffs: list[str], horizon: int, seed: int) -> dict[str, Any]:
    """The report of `gnn.evaluate` on the graph of the settings; of several cut-offs the pooled one."""
    from gnn.evaluate.run import evaluate as judge
    from gnn.evaluate.run import evaluate_several
    from gnn.snapshot.known import known_log
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

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
        f"{report['population']} {COUNTED.get(report['task'], 'customers')}; "
        f"selected on validation: {report['selected']}"
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
    _render_lift(report.get("lift", []), metric)


def _render_lift(rows: list[dict[str, Any]], metric: str) -> None:
    """What each kind of information adds, with the interval of the difference to the row before."""
    if rows:
        out.print("  the same trees over more and more information:")
    for row in rows:
        if "not_run" in row:
            out.print(f"  {row['model']:22s} not run: {row['not_run']}")
            continue
        gain = row.get("difference", {}).get(metric)
        more = f"  {gain[0]:+.4f} [{gain[1]:+.4f}, {gain[2]:+.4f}]" if gain else ""
        out.print(f"  {row['model']:22s} {metric} {row[metric]:.4f}{more}")
