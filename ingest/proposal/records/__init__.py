"""What a row of each table is: a record, a line of one, or a link."""
