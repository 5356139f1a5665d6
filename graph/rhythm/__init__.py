"""When a customer usually buys: who has gone quiet, and which repeated purchases are due."""

from graph.rhythm.read import Due, Quiet, going_quiet, make_rhythm, repeat_purchases_due

__all__ = ["Due", "Quiet", "going_quiet", "make_rhythm", "repeat_purchases_due"]
