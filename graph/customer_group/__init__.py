"""Tags and segments of customers: what defines them, and who belongs to them."""
