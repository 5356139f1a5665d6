"""`relgraph quality`: what `graph.quality` measures, with what loads tell, as a table and as a page."""
