"""Mappings for the exports of well-known systems; columns that an export lacks are left out of them."""
