"""Lists of customers that answer to a condition, in any order of several keys, in keyset pages."""

from graph.customer_list.read import CustomerPage, Listing, Sort, SortBy, count_customers, customer_page

__all__ = ["CustomerPage", "Listing", "Sort", "SortBy", "count_customers", "customer_page"]
