"""What was queued for the sources is sent, a queue at a time."""

from pathlib import Path

from ingest.mapping.read import read_mapping
from relgraph.outgoing.queue import opened_queue
from relgraph.outgoing.send import send
from relgraph.work.working import Working


def send_queued(work: Working, path: Path) -> None:
    """Send what waits in a queue. Raises what `send` raises, and MappingInvalid: then it goes on waiting."""
    with opened_queue(path) as queue:
        if queue.mapping is None or not queue.counts().get("waiting"):
            return
        mapping = read_mapping(queue.mapping)
        if mapping.push is None:
            return
        work.begin()
        before = queue.counts()
        try:
            send(queue, mapping.push, work.job.ask, work.wall)
        finally:
            for state, count in queue.counts().items():
                if state != "waiting" and count > before.get(state, 0):
                    told = work.round.sent.get(state, 0)
                    work.round.sent[state] = told + count - before.get(state, 0)
