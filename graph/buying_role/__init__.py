"""Buying roles by what people do and where they stand, as the stated roles of the same company show."""
