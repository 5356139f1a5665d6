"""From a folder of exports to one page of findings, without a line of configuration."""
