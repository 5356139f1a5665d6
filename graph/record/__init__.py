"""The record behind every id, and what happened with a customer or a person."""

from graph.record.model import Event, Link, Record, Timeline
from graph.record.read import record
from graph.record.timeline import timeline

__all__ = ["Event", "Link", "Record", "Timeline", "record", "timeline"]
