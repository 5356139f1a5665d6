"""Everything that is learned: snapshot → task → features → models → evaluate → explain → registry → write back."""
