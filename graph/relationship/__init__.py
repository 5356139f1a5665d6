"""How we stand with an account and its people: levels that people judged, and stances over time."""
