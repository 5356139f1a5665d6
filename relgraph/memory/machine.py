"""The memory that processes here may use: the machine's, or what a container leaves of it."""

from collections.abc import Iterator
from pathlib import Path

import psutil

CGROUPS = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")
LIMIT_FILES = {"": "memory.max", "memory": "memory.limit_in_bytes"}
"""Where a control group states its limit, by controllers: version 2 names none, version 1 `memory`."""


def usable_memory(root: Path = CGROUPS, membership: Path = MEMBERSHIP) -> int:
    """Bytes: the machine's memory or, where smaller, the limit of the process's control group (Linux)."""
    return min([psutil.virtual_memory().total, *_limits(root, membership)])


def _limits(root: Path, membership: Path) -> Iterator[int]:
    """The limits of the group that the process is in and of all above it.

    Within a container the path that the kernel tells may lie outside what is mounted; then only its root is
    looked at, which is the container's own group.
    """
    try:
        lines = membership.read_text(encoding="ascii").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        for name in {"", "memory"} & set(controllers.split(",")):
            top = root / name
            group = top / path.lstrip("/")
            for folder in (group, *group.parents):
                if folder.is_relative_to(top) and (limit := _limit(folder / LIMIT_FILES[name])):
                    yield limit


def _limit(file: Path) -> int | None:
    """The number in the file; None where there is no such file, or it says `max`."""
    try:
        text = file.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None
