"""What the graph says goes back into its sources: planned, queued, sent."""
