"""What people consented to: by purpose and channel, since when, until when, and who says so."""

from dataclasses import dataclass
from datetime import datetime

from graph.resolve_id import resolve
from graph.service import GraphStore


@dataclass(frozen=True, slots=True)
class Consent:
    """One statement of a person; it stands, or was withdrawn, has expired, or was followed by another."""

    purpose: str
    channel: str | None
    legal_basis: str
    since: datetime
    until: datetime | None
    withdrawn_at: datetime | None
    expires_at: datetime | None
    source: str
    """Who says so, such as `user:hr:E-1`."""
    reason: str | None
    stands: bool


async def consents_of(store: GraphStore, contact: str, *, now: datetime, viewer: str | None) -> list[Consent]:
    """By purpose and channel, the newest first; nothing of a contact of whom the viewer may see nothing.

    Raises NotFound for an id that nobody has.
    """
    contact_id = await resolve(store, "Contact", contact)
    rows = await store.read("consent.of", contact_id=contact_id, as_of=now.isoformat(), viewer=viewer or "")
    return [Consent(**row) for row in rows]
