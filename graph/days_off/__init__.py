"""Days on which nobody at a customer works: silence over them says nothing."""

from graph.days_off.count import most_off, patient_until

__all__ = ["most_off", "patient_until"]
