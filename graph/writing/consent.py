"""What a contact consented to, or withdrew, as one of us heard it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.model import CHANNELS
from graph.moment import in_utc
from graph.service import GraphStore
from graph.writing.author import Author
from graph.writing.errors import WriteRefused
from graph.writing.named import named
from graph.writing.once import Outcome, Writing, once

_PURPOSE = re.compile(r"[a-z][a-z0-9_-]{0,59}")
LONGEST = timedelta(days=20 * 366)


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """Consent to a purpose, such as `marketing`, by a channel or any; given, or withdrawn, at a moment.

    `contact` and `introduction` decide whether people are led over the contact; a new purpose needs no code.
    """

    contact: str
    purpose: str
    given: bool
    channel: str | None = None
    legal_basis: str = "consent"
    """As `graph.model.Consents.legal_basis`."""
    at: datetime | None = None
    expires_at: datetime | None = None


async def set_consent(store: GraphStore, author: Author, words: ConsentWords) -> Outcome:
    """Write it in place of what stood for the purpose and channel. Raises WriteRefused, NotFound."""

    async def prepare() -> Writing:
        _check(words)
        at = author.moment("at", words.at)
        until = _until(words, at)
        found = await named(store, author, {"Contact": [words.contact]})
        contact_id = found.id("Contact", words.contact)
        key = f"{author.key}|{words.channel or ''}"
        fact = {
            **author.fact("CONSENTS", contact_id, words.purpose, key), **found.visibility([contact_id]),
            "channel": words.channel, "legal_basis": words.legal_basis,
        }  # fmt: skip
        return Writing(
            "writing.consent",
            {
                "contact_id": contact_id, "purpose_id": words.purpose, "channel": words.channel, "fact": fact,
                "at": at.isoformat(), "until": until.isoformat() if until else None,
                "withdraws": not words.given, "viewer": author.employee_id,
            },
            (f"Contact:{contact_id}",),
        )  # fmt: skip

    return await once(store, author, "set_consent", words, prepare)


def _check(words: ConsentWords) -> None:
    if not _PURPOSE.fullmatch(words.purpose):
        raise WriteRefused("a purpose is a word of small letters, such as `marketing` or `contact`")
    if words.channel is not None and words.channel not in CHANNELS:
        raise WriteRefused(f"no channel {words.channel[:40]!r}; there are {', '.join(CHANNELS)}")
    if not words.given and words.expires_at is not None:
        raise WriteRefused("a withdrawal does not expire")


def _until(words: ConsentWords, at: datetime) -> datetime | None:
    """When it ends: a withdrawal at once, a consent when it expires, if ever."""
    if not words.given or words.expires_at is None:
        return None if words.given else at
    until = in_utc(words.expires_at)
    if not at < until <= at + LONGEST:
        raise WriteRefused("`expiresAt` lies before the consent, or more than 20 years after it")
    return until
