"""`relgraph work`: what comes in is loaded, derived and scored, by itself and one round after the other."""
