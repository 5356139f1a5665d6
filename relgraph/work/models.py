"""Models: scores of what was derived, and those that have grown old are trained anew."""

from datetime import datetime, timedelta

from relgraph.work.learning import outdated, retrain, score_where_served
from relgraph.work.working import Working

TRAINING_PAUSE = timedelta(days=1)


def score(work: Working) -> None:
    """Score what was derived or trained; owed until it succeeds."""
    work.begin()
    work.round.scored = score_where_served(work.store, work.settings, work.wall(), work.limits)
    work.round.failed.pop("scores", None)
    work.keep(unscored=False)


def train_outdated(work: Working) -> None:
    """Train what has grown old, at most once a day; that a training failed is told until one succeeds."""
    tried, wall, days = work.state.training_tried_at, work.wall(), work.job.retrain_days
    old = outdated(work.store, wall - timedelta(days=days)) if days else []
    if old and tried is not None and wall - tried < TRAINING_PAUSE:
        return
    if old:
        with work.step("training"):
            _train(work, old, wall)
    failed = {name: said for name, said in work.state.failed.items() if name != "training"}
    failed |= {name: said for name, said in work.round.failed.items() if name == "training"}
    if failed != work.state.failed:
        work.keep(failed=failed)


def _train(work: Working, tasks: list[str], wall: datetime) -> None:
    work.begin()
    work.keep(training_tried_at=wall)
    for task in tasks:
        work.keep(unscored=True)
        retrain(work.store, work.settings, task, wall, work.limits)
        work.round.trained.append(task)
    with work.step("scores"):
        score(work)
