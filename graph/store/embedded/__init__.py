"""The embedded engine: ArcadeDB as our own child process on loopback, shared by all commands of one home."""

from graph.store.embedded.launch import Attached, attach, crashed, keep, running, stop

__all__ = ["Attached", "attach", "crashed", "keep", "running", "stop"]
