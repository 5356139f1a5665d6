"""The machine: Python, memory, disk, and the Java tools that only a real Neo4j needs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import psutil

from relgraph.doctor.finding import Finding
from relgraph.memory import usable_memory

GIB = 1024**3
NEEDED_MEMORY_GIB = 4.0
"""What the demo is built to stay under."""
NEEDED_DISK_GIB = 2.0
MINIMUM_PYTHON = (3, 11)
MINIMUM_JAVA = 17


def examine_machine(home: Path) -> tuple[Finding, ...]:
    """Look at the interpreter, memory, the disk that holds `home`, Java and Maven."""
    version = (sys.version_info.major, sys.version_info.minor, sys.version_info.micro)
    return (
        python(version),
        memory(min(psutil.virtual_memory().available, usable_memory()) / GIB),
        disk(home, shutil.disk_usage(_existing(home)).free / GIB),
        java(_output("java", "-version")),
        maven(_output("mvn", "--version")),
    )


def python(version: tuple[int, int, int]) -> Finding:
    """The interpreter's version; 3.11 or newer is needed."""
    found = ".".join(map(str, version))
    if version[:2] >= MINIMUM_PYTHON:
        return Finding(subject="python", status="ok", found=found)
    return Finding(subject="python", status="broken", found=found, advice="install Python 3.11 or newer")


def memory(free_gib: float) -> Finding:
    """Available memory in GiB; less than 4 is enough for small data only."""
    found = f"{free_gib:.1f} GiB available"
    if free_gib >= NEEDED_MEMORY_GIB:
        return Finding(subject="memory", status="ok", found=found)
    advice = f"the demo wants {NEEDED_MEMORY_GIB:.0f} GiB; lower RELGRAPH_MEMORY or `--customers`"
    return Finding(subject="memory", status="todo", found=found, advice=advice)


def disk(home: Path, free_gib: float) -> Finding:
    """Free space in GiB where the state lives."""
    found = f"{free_gib:.1f} GiB free for {home}"
    if free_gib >= NEEDED_DISK_GIB:
        return Finding(subject="disk", status="ok", found=found)
    advice = "free some space, or put RELGRAPH_HOME on a larger disk"
    return Finding(subject="disk", status="todo", found=found, advice=advice)


def java(output: str | None) -> Finding:
    """Java 17 or newer, for a local real Neo4j only; `output` is what `java -version` printed."""
    major = re.search(r'version "(\d+)', output or "")
    if major and int(major[1]) >= MINIMUM_JAVA:
        return Finding(subject="java", status="ok", found=f"version {major[1]}")
    found = f"version {major[1]}" if major else "not found"
    advice = f"only `make neo4j` needs it: install a JDK, {MINIMUM_JAVA} or newer"
    return Finding(subject="java", status="optional", found=found, advice=advice)


def maven(output: str | None) -> Finding:
    """Maven, for fetching a local real Neo4j only; `output` is what `mvn --version` printed."""
    version = re.search(r"Apache Maven ([\w.-]+)", output or "")
    if version:
        return Finding(subject="maven", status="ok", found=f"version {version[1]}")
    advice = "only `make neo4j` needs it: install Maven"
    return Finding(subject="maven", status="optional", found="not found", advice=advice)


def _existing(path: Path) -> Path:
    return next(part for part in (path.absolute(), *path.absolute().parents) if part.exists())


def _output(program: str, argument: str) -> str | None:
    """What a program prints on both streams, or None when it is absent, fails or hangs."""
    located = shutil.which(program)
    if located is None:
        return None
    try:
        done = subprocess.run([located, argument], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout + done.stderr
