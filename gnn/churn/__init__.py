"""Churn: who, having ordered before, will place no order within the horizon."""
