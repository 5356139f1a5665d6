-- name: segment.members  params: -  relations: -
-- Who belongs to which segment (customer_profile must stand); segment_id null: everybody.
SELECT unnest(segments) AS segment_id, customer_id FROM customer_profile
UNION ALL
SELECT NULL, customer_id FROM customer_profile
