"""What went wrong, in words that hold no secret."""

import re
from collections.abc import Collection

LONGEST = 300


def reason(error: BaseException, secrets: Collection[str]) -> str:
    """The first line of what lies behind an error, without a secret."""
    inner = error
    while isinstance(inner.__cause__, BaseException):
        inner = inner.__cause__
    return masked(str(inner), secrets).strip().partition("\n")[0][:LONGEST] or type(inner).__name__


def masked(said: str, secrets: Collection[str]) -> str:
    """With `…` for each secret, also where it is written as in an address."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        said = re.sub(_any_form(secret), "…", said)
    return said


def _any_form(secret: str) -> str:
    """A pattern: each character as it is, behind a backslash, or percent-encoded."""
    return "".join(
        rf"(?:\\?{re.escape(one)}|(?i:{_encoded(one)}){'|[+]' if one == ' ' else ''})" for one in secret
    )


def _encoded(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
