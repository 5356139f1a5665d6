"""From exported files to the graph: read, stage, type, match, quarantine, load, report."""
