-- name: alert.tickets_piling_up  params: now, window, year, least, errors  relations: -
-- Customers whose tickets of the last $window days are at least $least, and more than the days before of the year
-- let expect by $errors standard errors of a Poisson count. Grave at twice that many.
WITH ticket AS (
  SELECT f.end_id AS customer_id, t.ticket_id, t.opened_at
  FROM node_ticket t
  JOIN edge_for f ON f.start_label = 'Ticket' AND f.start_id = t.ticket_id AND f.end_label = 'Customer'
  WHERE t.opened_at <= $now AND t.opened_at > $now - to_days($year) AND t.ended_at IS NULL
), counted AS (
  SELECT customer_id,
    count(*) FILTER (opened_at > $now - to_days($window)) AS recent,
    count(*) FILTER (opened_at <= $now - to_days($window)) AS before,
    min(opened_at) FILTER (opened_at > $now - to_days($window)) AS since,
    list('Ticket:' || ticket_id ORDER BY opened_at DESC, ticket_id)
      FILTER (opened_at > $now - to_days($window)) AS evidence
  FROM ticket
  GROUP BY customer_id
), usual AS (
  SELECT n.*, n.before * $window / greatest(least(
      $year - $window, date_sub('day', c.known_since, $now) - $window), $window)::DOUBLE AS expected
  FROM counted n
  JOIN alert_customer c USING (customer_id)
)
SELECT customer_id, NULL AS subject, since,
  CASE WHEN recent >= 2 * (expected + $errors * sqrt(expected)) AND recent >= 2 * $least THEN 'critical'
    ELSE 'warning' END AS severity,
  to_json({count: recent, days: $window, usual: round(expected, 1)})::VARCHAR AS figures,
  evidence[:20] AS evidence
FROM usual
WHERE recent >= $least AND recent > expected + $errors * sqrt(expected)
ORDER BY customer_id
