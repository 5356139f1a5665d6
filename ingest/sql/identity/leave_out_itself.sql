-- name: identity.leave_out_itself  params: -  relations: rows
UPDATE {{rows}}
SET start_id = NULL, start_problem = 'itself'
WHERE start_id = end_id AND start_label = end_label
