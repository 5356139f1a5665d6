"""The facts of the machine and the versions that a result depends on; no host names, no paths."""

import os
import platform
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import psutil

PACKAGES = (
    "arcadedb-embedded",
    "neo4j",
    "neo4j-rust-ext",
    "duckdb",
    "fastapi",
    "strawberry-graphql",
    "torch",
)


def machine_facts() -> dict[str, str]:
    """Cores, memory, processor, load at the start, Python, Java and package versions."""
    return {
        "cores": str(psutil.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 1024**3:.0f} GiB",
        "processor": _processor(),
        "load before": f"{os.getloadavg()[0]:.1f}",
        "python": platform.python_version(),
        "java": _java(),
        **{name: _version(name) for name in PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "absent"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    named = re.search(r"model name\s*:\s*(.+)", text)
    return named[1].strip() if named else platform.machine()


def _java() -> str:
    program = shutil.which("java")
    if program is None:
        return "absent"
    done = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=30, check=True)
    return next(line for line in done.stderr.splitlines() if "version" in line)
