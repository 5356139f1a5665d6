"""What one request may ask for: depth, size of pages, cost."""

from graphql_api.limits.check import check
from graphql_api.limits.measure import PAGE, UNDECLARED_LIST, Measure, Size, argument, costs, page_size

__all__ = ["PAGE", "UNDECLARED_LIST", "Measure", "Size", "argument", "check", "costs", "page_size"]
