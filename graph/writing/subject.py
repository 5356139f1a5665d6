"""What a statement is about: a customer, or an opportunity of it."""

from collections.abc import Mapping

from graph.writing.errors import WriteRefused
from graph.writing.named import Named

LONGEST_SUBJECT = 300
LONGEST_NOTE = 10_000


def subject_of(customer: str | None, opportunity: str | None) -> Mapping[str, tuple[str, ...]]:
    """The ids to look up, by label. Raises WriteRefused where neither is given."""
    if customer is None and opportunity is None:
        raise WriteRefused("say the customer or the opportunity that it is about")
    return {
        "Customer": () if customer is None else (customer,),
        "Opportunity": () if opportunity is None else (opportunity,),
    }


def customer_of(found: Named, customer: str | None, opportunity: str | None) -> str:
    """The customer: the one that was named, else that of the opportunity. Raises WriteRefused."""
    sold_to = [] if opportunity is None else found.sold_to(found.id("Opportunity", opportunity))
    if customer is None:
        if not sold_to:
            raise WriteRefused("that opportunity is of no customer; say the customer, too")
        return sorted(sold_to)[0]
    customer_id = found.id("Customer", customer)
    if opportunity is not None and customer_id not in sold_to:
        raise WriteRefused("that opportunity is not of that customer")
    return customer_id
