-- name: profile.talks  params: now, year  relations: -
-- Of each customer: the newest interaction that everybody of us may see, with the account itself or with somebody
-- who worked there then; and of the mails, messages and calls that its people began within a year ($year days) the
-- commonest channel and hour of the day (UTC), where there are five or more.
WITH met AS (
  SELECT f.end_id AS customer_id, f.start_id AS interaction_id, NULL AS part, NULL::TIMESTAMP AS begun,
    NULL::TIMESTAMP AS ended
  FROM edge_for f WHERE f.start_label = 'Interaction' AND f.end_label = 'Customer'
  UNION ALL
  SELECT w.end_id, p.end_id, p.part, w.valid_from, w.valid_to
  FROM edge_works_at w
  JOIN edge_participated_in p ON p.start_label = 'Contact' AND p.start_id = w.start_id
  WHERE seen_by_company(w.visibility) AND coalesce(w.known_from, w.valid_from) <= $now
    AND (w.known_to IS NULL OR w.known_to > $now)
), talk AS (
  SELECT m.customer_id, i.interaction_id, i."at", i.channel, max(m.part = 'from' OR i.direction = 'inbound') AS theirs
  FROM met m
  JOIN node_interaction i USING (interaction_id)
  WHERE i."at" <= $now AND seen_by_company(i.visibility) AND (i.ended_at IS NULL OR i.ended_at > $now)
    AND (m.begun IS NULL OR i."at" >= m.begun) AND (m.ended IS NULL OR i."at" < m.ended)
  GROUP BY ALL
), own AS (
  SELECT customer_id, channel, date_part('hour', talk."at") AS hour
  FROM talk
  WHERE theirs AND talk."at" > $now - to_days($year) AND channel NOT IN ('web', 'campaign', 'survey', 'other')
), channels AS (
  SELECT customer_id, channel, count(*) AS n, sum(count(*)) OVER (PARTITION BY customer_id) AS total
  FROM own GROUP BY customer_id, channel
), hours AS (
  SELECT customer_id, hour, count(*) AS n, sum(count(*)) OVER (PARTITION BY customer_id) AS total
  FROM own GROUP BY customer_id, hour
)
SELECT t.customer_id, max(t."at") AS last_contact_at,
  (SELECT first(channel ORDER BY n DESC, channel) FROM channels c WHERE c.customer_id = t.customer_id AND total >= 5)
    AS channel,
  (SELECT first(hour ORDER BY n DESC, hour) FROM hours h WHERE h.customer_id = t.customer_id AND total >= 5)::INTEGER
    AS hour
FROM talk t
GROUP BY t.customer_id
