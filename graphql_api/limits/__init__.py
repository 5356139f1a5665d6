"""What one request may ask for: depth, size of pages, cost."""

from graphql_api.limits.check import check
from graphql_api.limits.measure import UNDECLARED_LIST, Measure, Size, costs

__all__ = ["UNDECLARED_LIST", "Measure", "Size", "check", "costs"]
