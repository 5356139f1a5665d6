-- name: target.groups  params: -  relations: pending
-- Nodes before facts before parts: a relationship finds both its ends.
SELECT write_group, kind, name, start_label, end_label, min(seq), max(seq)
FROM {{pending}}
GROUP BY write_group, kind, name, start_label, end_label
ORDER BY list_position(['drop', 'node', 'fact', 'part'], kind), write_group
