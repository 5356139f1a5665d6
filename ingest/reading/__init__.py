"""Text read as values: one pure function per kind of value, exact or refused with advice."""
