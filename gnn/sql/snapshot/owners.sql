-- name: snapshot.owners  params: before  relations: -
-- Who of us owned which account, as far as known before the moment.
SELECT start_id AS employee_id, end_id AS customer_id, date_trunc('milliseconds', valid_from) AS valid_from,
    date_trunc('milliseconds', valid_to) AS valid_to, date_trunc('milliseconds', known_from) AS known_from,
    date_trunc('milliseconds', known_to) AS known_to
FROM edge_owns
WHERE start_label = 'Employee' AND end_label = 'Customer' AND valid_from < $before
    AND (known_from IS NULL OR known_from < $before) AND seen_by_company(visibility)
