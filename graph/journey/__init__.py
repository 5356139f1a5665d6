"""The way of an account with us: its milestones, and how long it stayed in each stage beside its peers."""
