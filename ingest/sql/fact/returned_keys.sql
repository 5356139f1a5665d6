-- name: fact.returned_keys  params: rule, dataset, label  relations: stated, returned
-- What a record that returns says, it says from its return on.
UPDATE {{stated}} AS s
SET stamp = greatest(s.stamp, r.moment), trusted = true
FROM {{returned}} r
WHERE r.dataset = $dataset AND r.label = $label AND s.fact_key = $rule || r.key
