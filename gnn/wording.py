"""Numbers in sentences."""


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """`no order`, `1 order`, `12 orders`; `nouns` where the plural takes more than an s."""
    return f"{number or 'no'} {noun if number in (0, 1) else nouns or noun + 's'}"
