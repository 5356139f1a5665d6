"""Refuses what is too deep, too costly, or pages that are too large."""

from typing import Any

from graphql_api.config import Limits
from graphql_api.errors import BadInput, TooCostly, TooDeep
from graphql_api.limits.measure import Size


def check(size: Size, pages: list[Any], limits: Limits) -> None:
    """Raise TooDeep, TooCostly or BadInput where a bound is passed; say the bound and what to do."""
    for page in pages:
        if isinstance(page, int) and not 1 <= page <= limits.max_page:
            raise BadInput(f"`first: {page}` is outside 1…{limits.max_page}; ask for several pages instead")
    if size.depth > limits.max_depth:
        raise TooDeep(
            f"the query nests {size.depth} levels, at most {limits.max_depth} are allowed; split it"
        )
    if size.cost > limits.max_cost:
        raise TooCostly(
            f"the answer could cost {size.cost}, at most {limits.max_cost} is allowed; ask for smaller pages"
        )
