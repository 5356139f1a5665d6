"""The domain: model, facts in time, store, decision chain, ties, profile."""
