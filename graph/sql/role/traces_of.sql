-- name: role.traces_of  params: customer_ids  relations: -
SELECT * FROM role_traces WHERE customer_id IN (SELECT unnest($customer_ids::VARCHAR[]))
