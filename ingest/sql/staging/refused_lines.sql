-- name: staging.refused_lines  params: dataset, file, above  relations: -
-- Lines that are no row of the table, with their line in the file.
SELECT $dataset AS dataset, $file AS file, line + $above AS row,
    'line ' || line + $above || ' is not a row: ' || lower(any_value(error_message)) AS reason,
    any_value(csv_line) AS cells
FROM reject_errors GROUP BY line
