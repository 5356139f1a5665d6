-- name: staging.refused_lines  params: dataset, file  relations: -
-- Lines that are no row of the table, with their line in the file.
SELECT $dataset AS dataset, $file AS file, line AS row,
    'line ' || line || ' is not a row: ' || lower(any_value(error_message)) AS reason, any_value(csv_line) AS cells
FROM reject_errors GROUP BY line
