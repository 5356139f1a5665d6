"""What a model sees of each customer and product at a cut-off, computed from a cut log and nothing else."""
