-- name: identity.unmatched_review  params: dataset, label  relations: unmatched
SELECT $dataset AS dataset, $label AS label, key, NULL AS shown, 'matches nothing' AS reason, [] AS candidates
FROM {{unmatched}}
