"""Alerts of accounts: what has come to pass that somebody of us should look at, and what to do about it.

Gaps in decision chains are alerts, too (`graph/decision_chain`); both kinds are read and decided about here.
"""
