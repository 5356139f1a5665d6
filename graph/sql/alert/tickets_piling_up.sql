-- name: alert.tickets_piling_up  params: now, windows, year, least, errors  relations: -
-- Customers whose tickets of the last days are at least $least, and more than the days before of the year let expect
-- by $errors standard errors of a Poisson count; in the shortest of $windows (days) of which that is true. Grave at
-- twice that many.
WITH ticket AS (
  SELECT f.end_id AS customer_id, t.ticket_id, t.opened_at
  FROM node_ticket t
  JOIN edge_for f ON f.start_label = 'Ticket' AND f.start_id = t.ticket_id AND f.end_label = 'Customer'
  WHERE t.opened_at <= $now AND t.opened_at > $now - to_days($year) AND t.ended_at IS NULL
), counted AS (
  SELECT customer_id, days,
    count(*) FILTER (opened_at > $now - to_days(days)) AS recent,
    count(*) FILTER (opened_at <= $now - to_days(days)) AS before,
    min(opened_at) FILTER (opened_at > $now - to_days(days)) AS since,
    list('Ticket:' || ticket_id ORDER BY opened_at DESC, ticket_id)
      FILTER (opened_at > $now - to_days(days)) AS evidence
  FROM ticket
  CROSS JOIN (SELECT unnest($windows::INTEGER[]) AS days)
  GROUP BY customer_id, days
), usual AS (
  SELECT n.*, n.before * n.days / greatest(least(
      $year - n.days, date_sub('day', c.known_since, $now) - n.days), n.days)::DOUBLE AS expected
  FROM counted n
  JOIN alert_customer c USING (customer_id)
)
SELECT customer_id, NULL AS subject, since,
  CASE WHEN recent >= 2 * (expected + $errors * sqrt(expected)) AND recent >= 2 * $least THEN 'critical'
    ELSE 'warning' END AS severity,
  to_json({count: recent, days: days, usual: round(expected, 1)})::VARCHAR AS figures,
  evidence[:20] AS evidence
FROM usual
WHERE recent >= $least AND recent > expected + $errors * sqrt(expected)
QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY days) = 1
ORDER BY customer_id
