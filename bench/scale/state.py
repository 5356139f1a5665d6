"""What is measured already: one file per size and engine, so that a bench that was stopped goes on."""

import json
import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.scale.steps import Step


@dataclass(frozen=True, slots=True)
class Measured:
    """One step: wall seconds, processor seconds and peak resident bytes of both processes, items after it."""

    step: str
    seconds: float
    items: int
    command_cpu: float
    engine_cpu: float
    command_peak: int
    engine_peak: int


@dataclass(frozen=True, slots=True)
class State:
    """The steps done, in order, and the one that was under way when the file was written."""

    done: tuple[Measured, ...] = ()
    under_way: str | None = None

    def of(self, step: Step) -> Measured | None:
        """What a step cost, where it is done."""
        return next((one for one in self.done if one.step == step.name), None)

    def begun(self, step: Step) -> "State":
        return replace(self, under_way=step.name)

    def ended(self, measured: Measured) -> "State":
        return State((*self.done, measured))


def read(folder: Path) -> State:
    """The state of a size; empty where nothing is measured yet."""
    try:
        kept = json.loads((folder / "state.json").read_text("utf-8"))
    except FileNotFoundError:
        return State()
    return State(tuple(Measured(**one) for one in kept["done"]), kept["under_way"])


def write(folder: Path, state: State) -> None:
    """Replace the state in one step."""
    fresh = folder / "state.json.new"
    fresh.write_text(json.dumps(asdict(state), indent=2), encoding="utf-8")
    fresh.replace(folder / "state.json")


def resumed(folder: Path, plan: tuple[Step, ...]) -> State:
    """The state to go on from: a size whose graph a stopped step left half written starts again."""
    state = read(folder)
    cut_off = next((step for step in plan if step.name == state.under_way), None)
    if cut_off is not None and not cut_off.repeatable:
        shutil.rmtree(folder)
        state = State()
    folder.mkdir(parents=True, exist_ok=True)
    return state
