"""Who can introduce us to somebody, over ties and other links, and what came of asking for it."""
