"""Cross-sell: which products a customer will buy for the first time within the horizon."""
