"""Weights fitted to outcomes: proposed by a fit, adopted or rejected by a person, dated and versioned.

What nobody has adopted changes no answer: until then the declared weights stand.
"""
