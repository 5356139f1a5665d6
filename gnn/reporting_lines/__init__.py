"""Who reports to whom, learned from who writes to whom, with or without a known part of the chart."""
