"""Bad rows: kept with their reasons, listed, corrected and loaded again."""
