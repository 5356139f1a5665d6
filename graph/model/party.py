"""The parties: customers, their people, and ours."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from graph.model.base import PII, Computed, Instant, Node
from graph.search_key import indexed_words, name_key

OTHERS = {"email": "other_emails", "phone": "other_phones", "mobile": "other_mobiles"}
"""Fields of which a cell may hold several, and where those behind the first stand: they find it, too."""


class Customer(Node):
    """A company (or a site of one) that buys from us or might."""

    label: ClassVar[str] = "Customer"
    key: ClassVar[str] = "customer_id"
    mutable: ClassVar[bool] = True
    computed: ClassVar[Mapping[str, Computed]] = {
        "name_key": ("name", name_key),
        "name_words": ("name", indexed_words),
        "short_name_key": ("short_name", name_key),
        "short_name_words": ("short_name", indexed_words),
    }

    customer_id: str
    name: str
    short_name: str | None = None
    tax_id: str | None = None
    industry: str | None = None
    region: str | None = None
    city: str | None = None
    country: str | None = None
    employees: int | None = Field(default=None, ge=0)
    revenue: float | None = None
    currency: str | None = None
    domains: tuple[str, ...] = ()
    website: str | None = None
    phone: str | None = None
    other_phones: tuple[str, ...] = ()
    """What the cell of `phone` named beside the first."""
    lifecycle_stage: str | None = None
    created_at: Instant | None = None
    embedding_model_id: str | None = None


class Contact(Node):
    """A person on the customer's side; job title, seniority and department belong to `WORKS_AT`."""

    label: ClassVar[str] = "Contact"
    key: ClassVar[str] = "contact_id"
    mutable: ClassVar[bool] = True

    contact_id: str
    name: Annotated[str | None, PII] = None
    email: Annotated[str | None, PII] = None
    phone: Annotated[str | None, PII] = None
    mobile: Annotated[str | None, PII] = None
    other_emails: Annotated[tuple[str, ...], PII] = ()
    """What the cell of `email` named beside the first; so do the next two."""
    other_phones: Annotated[tuple[str, ...], PII] = ()
    other_mobiles: Annotated[tuple[str, ...], PII] = ()
    email_bounced: bool | None = None
    """The source's flag that mail to `email` does not arrive (a hard bounce)."""
    email_bounced_at: Instant | None = None
    """When mail to the person last came back."""
    bounced_email: Annotated[str | None, PII] = None
    """The address that it was sent to, where it need not be `email`."""
    language: str | None = None
    created_at: Instant | None = None


class Employee(Node):
    """A person on our side."""

    label: ClassVar[str] = "Employee"
    key: ClassVar[str] = "employee_id"
    mutable: ClassVar[bool] = True

    employee_id: str
    name: Annotated[str | None, PII] = None
    email: Annotated[str | None, PII] = None
    other_emails: Annotated[tuple[str, ...], PII] = ()
    team: str | None = None
    role: str | None = None
    active: bool | None = None
