"""What figures and days that follow from each other tell: sums, products, terms."""
