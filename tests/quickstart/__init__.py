"""`relgraph quickstart`, from files to the page."""
