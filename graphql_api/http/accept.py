"""Which form of an answer a client accepts (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
HTML = "text/html"


def preferred(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that an Accept header likes best, the first of equals; None where it takes none of them."""
    ranges = _ranges(accept) if accept.strip() else {"*/*": 1.0}
    quality, _, offer = max((_quality(offer, ranges), -place, offer) for place, offer in enumerate(offers))
    return offer if quality > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            ranges[media] = float(quality)
        except ValueError:
            ranges[media] = 0.0
    return ranges


def _quality(offer: str, ranges: dict[str, float]) -> float:
    """That of the most specific range that covers the offer."""
    names = (offer, f"{offer.partition('/')[0]}/*", "*/*")
    covering = [ranges[name] for name in names if name in ranges]
    return covering[0] if covering else 0.0


def encodings(accept_encoding: str) -> frozenset[str]:
    """The content codings that an Accept-Encoding header takes (RFC 9110, section 12.5.3)."""
    return frozenset(name for name, quality in _ranges(accept_encoding).items() if quality > 0)
