"""Lists of contacts by a filter, as a Relay connection."""

from datetime import datetime
from enum import Enum

import strawberry

from graph.record_list import filters, listed
from graph.record_list.kind import Sort
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.account_field import account_field
from graphql_api.features.accounts import OfAccounts
from graphql_api.features.field import resolved
from graphql_api.features.page_info import CountedConnection
from graphql_api.features.people import Contact
from graphql_api.features.records import asked_page, connected_records
from graphql_api.features.selected import selects_beneath


@strawberry.input(
    description="Which contacts; what is left out does not narrow. `text`: a part of the name or the title; "
    "`silentDays`: nobody was in touch with the person for so long."
)
class ContactFilter(OfAccounts):
    """`contactTag`: id or name of a tag of the person."""

    text: str | None = None
    seniorities: list[str] | None = None
    departments: list[str] | None = None
    contact_tag: str | None = None
    silent_days: int | None = None

    def chosen(self) -> filters.ContactFilter:
        """As the domain has it; raises UsageError."""
        return filters.ContactFilter(
            text=self.text,
            seniorities=tuple(self.seniorities or ()),
            departments=tuple(self.departments or ()),
            contact_tag=self.contact_tag,
            silent_days=self.silent_days,
        )


@strawberry.enum(
    description="What contacts are sorted by; SILENCE has those first who were silent longest, or ever."
)
class ContactSortKey(Enum):
    """Keys of `graph.record_list.kind.CONTACTS`."""

    NAME = "name"
    SILENCE = "silence"


@strawberry.input(description="A key to sort contacts by: each once; equals stand by their ids.")
class ContactSort:
    """NAME is by an index."""

    by: ContactSortKey
    descending: bool = False


@strawberry.type(
    description="A person with a job at the moment asked for, in a list; `id` leads to the record by `node`. "
    "Of several jobs the newest is told, at the accounts that were asked for."
)
class ListedContact:
    """`since`: when the job began; `lastContactAt`: when anybody of us last was in touch."""

    id: strawberry.ID
    contact: Contact
    since: datetime
    last_contact_at: datetime | None
    customer_id: strawberry.ID
    customer_name: str

    @classmethod
    def of(cls, found: listed.ListedContact) -> "ListedContact":
        """From the domain's value."""
        key = strawberry.ID(f"Contact:{found.contact_id}")
        return shaped(cls, found, id=key, contact=Contact.of(found))

    account = account_field("The customer of the job.")


@strawberry.type(description="A contact in its place of the list.")
class ContactEdge:
    """`cursor` goes into `after` to continue behind it."""

    cursor: str
    node: ListedContact


@strawberry.type(description="A page of contacts, by name unless asked otherwise, the nameless last.")
class ContactConnection(CountedConnection):
    """Counted up to 10,000; `totalCountExact` says whether there are more."""

    edges: list[ContactEdge] = strawberry.field(metadata=costs(many=1))
    nodes: list[ListedContact] = strawberry.field(metadata=costs(many=1))


@resolved(weight=10)
async def contacts(
    info: Info,
    first: int = 20,
    after: str | None = None,
    where: ContactFilter | None = None,
    order_by: list[ContactSort] | None = None,
    as_of: datetime | None = None,
) -> ContactConnection | None:
    """Contacts of everybody, an account, or the accounts of an owner, team, tag, segment or condition."""
    context, given = info.context, where or ContactFilter()
    sorts = tuple(Sort(one.by.value, one.descending) for one in order_by or ())
    day = moment(as_of)
    details = selects_beneath(info, "lastContactAt")
    listing, page = await asked_page(
        context, given.chosen(), given, sorts, first, after, day, details=details
    )
    nodes = {row["id"]: ListedContact.of(listed.contact(row)) for row in page.rows}
    return await connected_records(context, ContactConnection, ContactEdge, listing, page, nodes, day)
