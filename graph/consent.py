"""What people consented to: by purpose and channel, since when, until when, and who says so."""

from dataclasses import dataclass
from datetime import datetime

from graph.clock import reading_moment
from graph.resolve_id import resolve
from graph.service import GraphStore, Row


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


async def consents_of(
    store: GraphStore,
    contact: str,
    *,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None,
) -> list[Consent]:
    """By purpose and channel, the newest first; nothing of a contact of whom the viewer may see nothing.

    as_of: what was known by then, without ends that lay ahead. Raises NotFound for an id that nobody has, and
    AsOfAfterNow.
    """
    moment = reading_moment(as_of, now)
    contact_id = await resolve(store, "Contact", contact)
    rows = await store.read(
        "consent.of", contact_id=contact_id, as_of=moment.isoformat(), viewer=viewer or ""
    )
    return [Consent(**(row if moment == now else _told(row, moment))) for row in rows]


def _told(row: Row, moment: datetime) -> Row:
    """The row without what happened after the moment; when it expires was said with it."""
    ends = {name: row[name] for name in ("until", "withdrawn_at")}
    return row | {name: None for name, end in ends.items() if end is not None and end > moment}
