"""Reporting lines from mails on generated companies whose chart is known, and on Enron."""
