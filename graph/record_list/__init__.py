"""Lists of tickets, orders and contacts by a filter, in keyset pages: one way for all of them.

`kind.py` says how a kind is reached and sorted, `filters.py` what narrows it, `read.py` reads pages and
counts, `windows.py` goes through an index bit by bit, and `listed.py` has the lines.
"""
