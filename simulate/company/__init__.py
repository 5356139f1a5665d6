"""The companies, people and products of the simulation and what moves them."""
