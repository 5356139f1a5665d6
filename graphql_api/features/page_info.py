"""Where a page ends: what Relay connections share."""

import strawberry


@strawberry.type(description="Where a page ends.")
class PageInfo:
    """`endCursor` goes into `after` of the next request; it is null on the last page of customers and of
    what happened. Pages are read forward alone: `hasPreviousPage` is false."""

    has_next_page: bool
    end_cursor: str | None
    has_previous_page: bool = False
    start_cursor: str | None = None
