"""Characters that show nothing."""

_BLANK = (
    *range(0x09, 0x0E), 0x1A, 0x20, 0x85, 0xA0, 0xAD, 0x1680, 0x180E, *range(0x2000, 0x2010),
    *range(0x2028, 0x2030), *range(0x205F, 0x2070), 0x3000, 0xFEFF,
)  # fmt: skip
BLANKS = "".join(map(chr, _BLANK))
"""What is trimmed off both ends of a cell and of a column's name: blanks of every width, the soft hyphen,
marks of byte order and of the direction of writing, which come along where a number is copied from a web page
or an address book, and the sign by which DOS ends a file."""
