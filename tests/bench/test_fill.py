"""Departments that are hidden and read again from titles."""

from random import Random

import pandas as pd

from bench.fill import HIDDEN, departments


def test_what_is_stated_is_hidden_and_judged() -> None:
    right, wrong, silent = ("Finance Manager", "Finance"), ("Buyer", "Quality"), ("Colleague", "IT")
    jobs = pd.DataFrame([right] * 50 + [wrong] * 50 + [silent] * 50 + [("Buyer", "?"), ("Buyer", "")] * 50)
    jobs.columns = pd.Index(["Title__c", "Department__c"])
    found = departments(jobs, Random(7))
    assert found.hidden == HIDDEN * 150
    assert 0 < found.right < found.filled < found.hidden
    alone = departments(jobs[jobs["Title__c"] == "Finance Manager"], Random(7))
    assert alone == (10, 10, 10)
