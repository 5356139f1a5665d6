-- name: target.acknowledged  params: -  relations: pending
SELECT kind, name, start_label, end_label, fresh, body
FROM {{pending}}
