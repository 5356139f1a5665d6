"""What one request may ask for: depth, size of pages, cost."""

from graphql_api.limits.check import check
from graphql_api.limits.measure import Measure, Size, costs

__all__ = ["Measure", "Size", "check", "costs"]
