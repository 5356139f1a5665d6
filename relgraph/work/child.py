"""The worker as a process beside the server, so that no load holds up an answer."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

GRACE_S = 15.0
"""How long a round may take to its end when the server stops; killed later, it loses nothing."""


@contextmanager
def working(options: Sequence[str]) -> Iterator[None]:
    """Run `relgraph work` with these options meanwhile."""
    with subprocess.Popen([sys.executable, "-m", "relgraph", "work", *options]) as child:
        try:
            yield
        finally:
            child.terminate()
            try:
                child.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                child.kill()
