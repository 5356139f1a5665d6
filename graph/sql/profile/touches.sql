-- name: profile.touches  params: now, year  relations: -
-- How we are in touch with each customer: talks (no page views, campaigns or surveys) of 90 days and of the 90 before,
-- meetings and visits, when we last met and when they last began a talk, how often we did since without an answer,
-- page views and their types, campaigns and surveys, channels, how many of their people and ours took part within a
-- year, and of our mails and messages of a year, where there are five or more that have had a week's time, how many
-- they wrote or called back on within a week, and after how many hours. Only what everybody of us may see.
WITH met AS (
  SELECT f.end_id AS customer_id, f.start_id AS interaction_id, NULL::VARCHAR AS contact_id, NULL::VARCHAR AS part,
    NULL::TIMESTAMP AS begun, NULL::TIMESTAMP AS ended
  FROM edge_for f WHERE f.start_label = 'Interaction' AND f.end_label = 'Customer'
  UNION ALL
  SELECT w.end_id, p.end_id, w.start_id, p.part, w.valid_from, w.valid_to
  FROM edge_works_at w
  JOIN edge_participated_in p ON p.start_label = 'Contact' AND p.start_id = w.start_id
  WHERE seen_by_company(w.visibility) AND coalesce(w.known_from, w.valid_from) <= $now
    AND (w.known_to IS NULL OR w.known_to > $now)
), part AS (
  SELECT m.customer_id, m.contact_id, m.part, i.*
  FROM met m JOIN node_interaction i USING (interaction_id)
  WHERE i."at" <= $now AND i."at" > $now - to_days(3 * $year) AND seen_by_company(i.visibility) AND (i.ended_at IS NULL OR i.ended_at > $now)
    AND (m.begun IS NULL OR i."at" >= m.begun) AND (m.ended IS NULL OR i."at" < m.ended)
), talk AS (
  SELECT customer_id, interaction_id, "at", channel, page_type,
    coalesce(bool_or(part.part = 'from' OR direction = 'inbound'), false) AS theirs,
    channel NOT IN ('web', 'campaign', 'survey') AS spoken
  FROM part GROUP BY ALL
), heard AS (
  SELECT customer_id, max("at") FILTER (theirs AND spoken) AS inbound_at FROM talk GROUP BY customer_id
), written AS (
  SELECT customer_id, interaction_id, "at"
  FROM talk
  WHERE spoken AND NOT theirs AND channel NOT IN ('meeting', 'visit', 'call')
    AND "at" > $now - to_days($year) AND "at" <= $now - to_days(7)
), answer AS (
  SELECT customer_id, "at" FROM talk WHERE theirs AND spoken
), awaited AS (
  SELECT w.customer_id, CASE WHEN a."at" <= w."at" + to_days(7) THEN date_diff('second', w."at", a."at") / 3600.0 END
    AS hours
  FROM written w ASOF LEFT JOIN answer a ON a.customer_id = w.customer_id AND a."at" > w."at"
), replied AS (
  SELECT customer_id, round(100.0 * count(hours) / count(*), 1) AS reply_share, round(median(hours), 1) AS reply_hours
  FROM awaited GROUP BY customer_id HAVING count(*) >= 5
), people AS (
  SELECT customer_id, count(DISTINCT contact_id) AS people_met_365
  FROM part WHERE channel NOT IN ('web', 'campaign', 'survey') AND "at" > $now - to_days($year)
  GROUP BY customer_id
), staff AS (
  SELECT t.customer_id, count(DISTINCT p.start_id) AS staff_met_365
  FROM talk t
  JOIN edge_participated_in p ON p.end_id = t.interaction_id AND p.start_label = 'Employee'
  WHERE t.spoken AND t."at" > $now - to_days($year)
  GROUP BY t.customer_id
), counted AS (
  SELECT t.customer_id,
    count(*) FILTER (spoken AND t."at" > $now - to_days(90)) AS talks_90,
    count(*) FILTER (spoken AND t."at" <= $now - to_days(90) AND t."at" > $now - to_days(180)) AS talks_before_90,
    count(*) FILTER (channel IN ('meeting', 'visit') AND t."at" > $now - to_days(90)) AS meetings_90,
    max(t."at") FILTER (channel IN ('meeting', 'visit')) AS met_at,
    count(*) FILTER (spoken AND NOT theirs AND channel NOT IN ('meeting', 'visit') AND t."at" > $now - to_days(90)
      AND (h.inbound_at IS NULL OR t."at" > h.inbound_at)) AS unanswered,
    count(*) FILTER (channel = 'web' AND t."at" > $now - to_days(30)) AS web_30,
    list_sort(list(DISTINCT page_type) FILTER (page_type IS NOT NULL AND t."at" > $now - to_days(90))) AS page_types,
    count(*) FILTER (channel = 'campaign' AND t."at" > $now - to_days($year)) AS campaigns_365,
    count(*) FILTER (channel = 'survey' AND t."at" > $now - to_days($year)) AS surveys_365,
    list_sort(list(DISTINCT channel) FILTER (t."at" > $now - to_days($year))) AS channels_365
  FROM talk t JOIN heard h USING (customer_id)
  GROUP BY t.customer_id
)
SELECT c.customer_id, coalesce(n.talks_90, 0) AS talks_90, coalesce(n.talks_before_90, 0) AS talks_before_90,
  coalesce(n.meetings_90, 0) AS meetings_90, n.met_at, h.inbound_at, coalesce(n.unanswered, 0) AS unanswered,
  coalesce(n.web_30, 0) AS web_30, n.page_types, coalesce(n.campaigns_365, 0) AS campaigns_365,
  coalesce(n.surveys_365, 0) AS surveys_365, n.channels_365, coalesce(p.people_met_365, 0) AS people_met_365,
  coalesce(s.staff_met_365, 0) AS staff_met_365, r.reply_share, r.reply_hours
FROM node_customer c
LEFT JOIN counted n USING (customer_id)
LEFT JOIN heard h USING (customer_id)
LEFT JOIN people p USING (customer_id)
LEFT JOIN staff s USING (customer_id)
LEFT JOIN replied r USING (customer_id)
WHERE (c.ended_at IS NULL OR c.ended_at > $now)
