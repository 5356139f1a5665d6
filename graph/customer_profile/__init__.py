"""The figures of every customer that conditions, tags and segments rest on: one row each, over a history."""

from graph.customer_profile.table import COLUMNS, GROUPS, group_rows, make_profiles, regroup

__all__ = ["COLUMNS", "GROUPS", "group_rows", "make_profiles", "regroup"]
