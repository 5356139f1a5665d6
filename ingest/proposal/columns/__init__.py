"""What the columns of files hold: their tables, the kinds of their values, and how these fit a field."""
