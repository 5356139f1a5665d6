"""Open deals and leads: which will be won, which will become customers, within the horizon."""
