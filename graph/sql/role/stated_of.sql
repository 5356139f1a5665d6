-- name: role.stated_of  params: customer_ids  relations: -
SELECT * FROM role_stated WHERE customer_id IN (SELECT unnest($customer_ids::VARCHAR[]))
ORDER BY contact_id, opportunity_id, role
