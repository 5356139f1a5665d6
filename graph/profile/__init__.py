"""A customer as a whole: profile, look-up, pages, and the network around."""
