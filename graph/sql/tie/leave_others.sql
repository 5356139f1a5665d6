-- name: tie.leave_others  params: -  relations: -
-- A tie is looked at where both its people are.
DELETE FROM tie_standing
WHERE (start_label, start_id) NOT IN (SELECT (label, id) FROM tie_scope)
