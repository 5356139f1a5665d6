"""Judging how branches are told, on lists of companies made by hand with look-alikes."""
