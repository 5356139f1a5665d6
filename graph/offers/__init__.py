"""What to show for an account, a product or a basket: the model's offers, what goes together, or popular."""
