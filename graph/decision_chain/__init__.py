"""Who decides at a customer, how they relate, who of us covers them, and what is missing."""
