"""Everything that is learned.

Snapshot → task → features → models → evaluate → explain → registry → write back.
"""
