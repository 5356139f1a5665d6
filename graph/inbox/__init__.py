"""The inbox: events that other systems post, kept in the graph until a load takes them."""
