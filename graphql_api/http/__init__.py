"""The HTTP face: the GraphQL endpoint, its page, health and metrics."""
