"""Why a text was not read."""


class NotUnderstood(ValueError):
    """A text that is no value of its kind, or could be more than one; the message says what to do."""
