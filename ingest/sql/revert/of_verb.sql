-- name: revert.of_verb  params: verb, kind  relations: undone
SELECT name, coalesce(start_label, ''), coalesce(end_label, ''), body, mentioned
FROM {{undone}}
WHERE verb = $verb AND kind = $kind
ORDER BY name, start_label, end_label, item
