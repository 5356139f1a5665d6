"""How many of the warnings of my day name something that is true and that the exports did not yet say."""
