"""Numbers in sentences."""


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """`no order`, `1 order`, `12 orders`; `nouns` where the plural takes more than an s."""
    return f"{number or 'no'} {noun if number in (0, 1) else nouns or noun + 's'}"


def or_none(number: int) -> str:
    """`none`, `1`, `12`."""
    return str(number or "none")


def days_old(days: int) -> str:
    """`less than a day`, `1 day`, `12 days`."""
    return counted(days, "day") if days else "less than a day"


def are(number: int) -> str:
    """The verb after `counted`."""
    return "is" if number in (0, 1) else "are"
