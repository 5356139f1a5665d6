"""Branches: customers that are a part of another company, told by names and tax numbers.

A branch has a number and often a telephone of its own, so that linking never merges it with its company;
what joins the two is an inferred `PARENT_OF`.
"""

from graph.branch.find import find_branches
from graph.branch.model import Branch, Company
from graph.branch.name import BranchName, read_branch, says_branch

__all__ = ["Branch", "BranchName", "Company", "find_branches", "read_branch", "says_branch"]
