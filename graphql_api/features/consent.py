"""Consents of a contact: what stands, and stating what the contact said."""

from datetime import datetime
from enum import Enum
from functools import partial

import strawberry

from graph.consent import consents_of
from graph.writing.consent import ConsentWords, set_consent
from graphql_api.context import Info, moment
from graphql_api.execution.taken import shaped
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


@strawberry.enum(description="On which ground personal data are processed (GDPR, article 6).")
class LegalBasis(Enum):
    """Values of `graph.model.Consents.legal_basis`."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"


@strawberry.type(
    description="What a contact said of a purpose, by a channel or any (null). `stands` today, or withdrawn, "
    "expired, or followed by another; `source` is who says so."
)
class Consent:
    """`reason`: why it was written, in the words of whoever did."""

    purpose: str
    channel: str | None
    legal_basis: LegalBasis
    since: datetime
    until: datetime | None
    withdrawn_at: datetime | None
    expires_at: datetime | None
    source: str
    reason: str | None
    stands: bool


@strawberry.input(
    description="What a contact consented to (`given`) or withdrew. `purpose`: such as `marketing`; over who "
    "withdrew `contact` or `introduction` nobody is led. `channel` as in Interaction; none: any."
)
class SetConsentInput:
    """`at`: when the contact said so, by default now; a consent may end at `expiresAt`."""

    key: strawberry.ID
    contact: strawberry.ID
    purpose: str
    given: bool
    channel: str | None = None
    legal_basis: LegalBasis = LegalBasis.CONSENT
    at: datetime | None = None
    expires_at: datetime | None = None
    why: str | None = None


@resolved(weight=60, name="setConsent")
async def set_consent_field(info: Info, input: SetConsentInput) -> WriteResult:
    """Say what a contact consented to or withdrew, in place of what stood for purpose and channel."""
    words = ConsentWords(
        contact=input.contact,
        purpose=input.purpose,
        given=input.given,
        channel=input.channel,
        legal_basis=input.legal_basis.value,
        at=moment(input.at, "at"),
        expires_at=moment(input.expires_at, "expiresAt"),
    )

    return await written(info.context, input.key, input.why, partial(set_consent, words=words))


@resolved(weight=5)
async def consents(info: Info, contact: strawberry.ID, as_of: datetime | None = None) -> list[Consent] | None:
    """What a contact said of each purpose and channel, the newest first."""
    context = info.context
    found = await consents_of(
        context.store, contact, now=await context.now(), as_of=moment(as_of), viewer=context.viewer
    )
    return [shaped(Consent, one, legal_basis=LegalBasis(one.legal_basis)) for one in found]
