-- name: staging.refused_lines  params: dataset, file, above  relations: -
-- Lines that are no row of the table, with their line in the file, and how many a quote that does not close took along.
SELECT $dataset AS dataset, $file AS file, line + $above AS row,
    'line ' || line + $above || ' is not a row: ' || lower(any_value(error_message)) || CASE any_value(breaks)
        WHEN 0 THEN ''
        WHEN 1 THEN ' (the line below it belongs to it)'
        ELSE ' (the ' || any_value(breaks) || ' lines below it belong to it)' END AS reason,
    any_value(csv_line) AS cells
FROM (SELECT *, length(regexp_replace(rtrim(csv_line, chr(10)), '[^\n]', '', 'g')) AS breaks FROM reject_errors)
GROUP BY line
