"""The group that a customer belongs to: who decides in its parts, and who of us owns them."""
