-- name: copies.copied_of  params: contact_ids  relations: -
SELECT * FROM copied WHERE person IN (SELECT unnest($contact_ids::VARCHAR[]))
