"""What the doctor says about the machine, from what the machine said."""

from pathlib import Path

import pytest

from relgraph.doctor import machine

JAVA_17 = 'openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment\n'
JAVA_8 = 'java version "1.8.0_401"\n'


def test_the_python_that_runs_this_is_good_enough(tmp_path: Path) -> None:
    findings = {finding.subject: finding for finding in machine.examine_machine(tmp_path / "not" / "there")}
    assert list(findings) == ["python", "memory", "disk", "java", "maven"]
    assert findings["python"].status == "ok"


@pytest.mark.parametrize(
    ("version", "status"), [((3, 10, 14), "broken"), ((3, 11, 0), "ok"), ((3, 14, 1), "ok")]
)
def test_python_before_3_11_is_broken(version: tuple[int, int, int], status: str) -> None:
    assert machine.python(version).status == status


@pytest.mark.parametrize(("free", "status"), [(0.5, "todo"), (3.9, "todo"), (4.0, "ok"), (64.0, "ok")])
def test_little_memory_is_a_thing_to_do_and_not_a_failure(free: float, status: str) -> None:
    finding = machine.memory(free)
    assert finding.status == status
    assert (finding.advice is None) == (status == "ok")


@pytest.mark.parametrize(("free", "status"), [(0.1, "todo"), (2.0, "ok")])
def test_little_disk_names_the_place(free: float, status: str) -> None:
    finding = machine.disk(Path("/somewhere"), free)
    assert finding.status == status
    assert "/somewhere" in finding.found


@pytest.mark.parametrize(
    ("output", "status", "found"),
    [
        (JAVA_17, "ok", "version 17"),
        (JAVA_8, "optional", "version 1"),
        ("unreadable", "optional", "not found"),
        (None, "optional", "not found"),
    ],
)
def test_java_is_wanted_only_for_a_real_neo4j(output: str | None, status: str, found: str) -> None:
    finding = machine.java(output)
    assert (finding.status, finding.found) == (status, found)


@pytest.mark.parametrize(
    ("output", "status"),
    [("Apache Maven 3.8.7\nMaven home: /usr", "ok"), ("", "optional"), (None, "optional")],
)
def test_maven_is_wanted_only_for_a_real_neo4j(output: str | None, status: str) -> None:
    assert machine.maven(output).status == status


def test_colours_in_what_maven_prints_are_left_out() -> None:
    assert machine.maven("\x1b[1mApache Maven 3.8.7\x1b[m").found == "version 3.8.7"
