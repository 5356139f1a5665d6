-- name: target.groups  params: -  relations: pending
-- Nodes before facts before parts: a relationship finds both its ends.
SELECT write_group, kind, name, start_label, end_label, list({cell: cell, first: first, last: last} ORDER BY cell)
FROM (
    SELECT write_group, kind, name, start_label, end_label, cell, min(seq) AS first, max(seq) AS last
    FROM {{pending}}
    GROUP BY ALL)
GROUP BY write_group, kind, name, start_label, end_label
ORDER BY list_position(['drop', 'node', 'fact', 'part'], kind), write_group
