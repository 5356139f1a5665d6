"""My day: what an employee should look at today, at most ten things, the most pressing first."""
