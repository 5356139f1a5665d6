"""A mapping proposed from the files alone: what each column means, how sure that is, and why."""
