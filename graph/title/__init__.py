"""What a job title says: seniority, department and the buying role it makes likely."""

from graph.title.lexicon import LEVELS, METHOD, TitleReading, read_title

__all__ = ["LEVELS", "METHOD", "TitleReading", "read_title"]
