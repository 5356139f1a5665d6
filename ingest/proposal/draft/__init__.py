"""The mapping that stands for a proposal."""
