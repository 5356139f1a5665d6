"""What each edge of a chain rests on: who states it, how fresh it is, and what states otherwise."""
