"""Which records mean the same person, company or thing: profile, candidates, probabilities, clusters."""
