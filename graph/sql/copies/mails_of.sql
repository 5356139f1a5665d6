-- name: copies.mails_of  params: contact_ids  relations: -
SELECT * FROM mails WHERE person IN (SELECT unnest($contact_ids::VARCHAR[]))
