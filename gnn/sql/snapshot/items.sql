-- name: snapshot.items  params: before  relations: -
-- Items of declared kinds and the customers that they were linked to, as far as known before the moment; an item that is
-- linked to none is dated by what its sources said of it.
WITH linked AS (
    SELECT start_id AS item_id, end_id AS customer_id, relation, valid_from, valid_to, known_from, known_to
    FROM edge_linked_to
    WHERE end_label = 'Customer' AND (dismissed_at IS NULL OR dismissed_at >= $before) AND seen_by_company(visibility)),
first AS (
    SELECT e.end_id AS item_id, min(r.known_from) AS known_from
    FROM node_source_record r
    JOIN edge_record_of e ON e.start_id = r.record_id AND e.end_label = 'Item'
    GROUP BY e.end_id),
told AS (
    SELECT i.item_id, i.kind, l.customer_id, l.relation, coalesce(l.valid_from, f.known_from, i.created_at) AS valid_from,
        coalesce(l.valid_to, i.ended_at) AS valid_to, l.known_from, l.known_to
    FROM node_item i
    LEFT JOIN linked l USING (item_id)
    LEFT JOIN first f USING (item_id))
SELECT item_id, kind, customer_id, relation, date_trunc('milliseconds', valid_from) AS valid_from,
    date_trunc('milliseconds', valid_to) AS valid_to, date_trunc('milliseconds', known_from) AS known_from,
    date_trunc('milliseconds', known_to) AS known_to
FROM told
WHERE valid_from < $before AND (known_from IS NULL OR known_from < $before)
