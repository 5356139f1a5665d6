"""The embedded engine: ArcadeDB as our own child process on loopback, shared by all commands of one home."""

from graph.store.embedded.launch import Attached, attach, crashed, keep, running, stop
from graph.store.embedded.process import stands_still

__all__ = ["Attached", "attach", "crashed", "keep", "running", "stands_still", "stop"]
