"""What a role may see and state: rows, fields, statements. The rules are data, in `rules.yml`."""
