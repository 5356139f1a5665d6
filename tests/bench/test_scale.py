"""The scale bench: what is measured of a process, what a stopped run keeps, how the table compares sizes."""

import os
from pathlib import Path

import pytest

from bench.engines import CommandFailed
from bench.scale import state
from bench.scale.process import forget_peak, peak, relgraph
from bench.scale.state import Measured, State
from bench.scale.steps import Step, steps
from bench.scale.table import scale_table

MIB = 1024**2
PLAN = steps(200, Path("company"))
SIMULATE, LOAD = PLAN[0], PLAN[1]


def measured(step: Step, seconds: float = 1.0, cpu: float = 1.0) -> Measured:
    return Measured(step.name, seconds, 1000, cpu, cpu, 300 * MIB, 900 * MIB)


def test_a_command_costs_seconds_and_memory_and_tells_what_it_printed(tmp_path: Path) -> None:
    words = ("simulate", "--customers", "60", "--out", str(tmp_path / "x"), "--json")
    spent = relgraph(words, os.environ | {"RELGRAPH_HOME": str(tmp_path)}, tmp_path)
    assert spent.seconds > 0
    assert spent.cpu_seconds > 0
    assert 50 * MIB < spent.peak_bytes < 2048 * MIB
    assert '"customers": 60' in spent.output


def test_the_peak_of_a_command_is_not_that_of_the_bench(tmp_path: Path) -> None:
    held = bytearray(700 * MIB)
    spent = relgraph(("--help",), os.environ, tmp_path)
    assert spent.peak_bytes < len(held)


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="give a number from 50"):
        relgraph(("simulate", "--customers", "1", "--out", str(tmp_path / "x")), os.environ, tmp_path)


def test_a_peak_can_be_forgotten() -> None:
    held = bytearray(300 * MIB)
    high = peak(os.getpid())
    assert high >= len(held)
    del held
    forget_peak(os.getpid())
    assert peak(os.getpid()) < high - 200 * MIB


def test_what_is_done_stays_done(tmp_path: Path) -> None:
    kept = State().begun(SIMULATE).ended(measured(SIMULATE))
    state.write(tmp_path, kept)
    assert state.resumed(tmp_path, PLAN) == kept
    assert kept.of(SIMULATE) is not None
    assert kept.of(LOAD) is None


def test_a_step_that_writes_to_the_graph_is_never_measured_from_its_middle(tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "home").mkdir()
    state.write(tmp_path / "half", State((measured(SIMULATE),)).begun(LOAD))
    assert state.resumed(tmp_path / "half", PLAN) == State()
    assert not (tmp_path / "half" / "home").exists()


def test_a_simulation_that_was_stopped_is_done_again_alone(tmp_path: Path) -> None:
    week = next(step for step in PLAN if step.name == "simulate the week")
    kept = State((measured(SIMULATE), measured(LOAD))).begun(week)
    state.write(tmp_path, kept)
    assert state.resumed(tmp_path, PLAN) == kept


def test_the_table_compares_with_the_smallest_size() -> None:
    table = scale_table(
        "embedded", {2000: [measured(LOAD, 40, 20)], 10_000: [measured(LOAD, 300, 100)], 50_000: []}
    )
    factors = [row[table.columns.index("factor / linear")] for row in table.rows]
    by_cpu = [row[table.columns.index("CPU factor / linear")] for row in table.rows]
    assert factors == [1.0, pytest.approx(1.5)]
    assert by_cpu == [1.0, pytest.approx(1.0)]
    assert [row[0] for row in table.rows] == [2000, 10_000]
