-- name: profile.stated  params: now, active_least, active_most, active_rhythms  relations: -
-- One row per customer that has not ended, with all that conditions can ask about. A customer is potential before its
-- first order; active for $active_rhythms times its usual distance after the last one, at least $active_least days and
-- at most $active_most (which count where no rhythm is known); dormant for as long again; then lost.
WITH owned AS (
  SELECT w.end_id AS customer_id, list_sort(list(DISTINCT e.employee_id)) AS owners,
    list_sort(list(DISTINCT e.team) FILTER (e.team IS NOT NULL)) AS teams
  FROM edge_owns w
  JOIN node_employee e ON e.employee_id = w.start_id
  WHERE w.end_label = 'Customer' AND seen_by_company(w.visibility) AND w.valid_from <= $now
    AND (w.valid_to IS NULL OR w.valid_to > $now) AND coalesce(w.known_from, w.valid_from) <= $now
    AND (w.known_to IS NULL OR w.known_to > $now)
  GROUP BY w.end_id
), amounts AS (
  SELECT customer_id, list(currency ORDER BY currency) AS value_currencies, list(round(year, 2) ORDER BY currency)
    AS value_amounts
  FROM profile_amount WHERE year <> 0 GROUP BY customer_id
), grouped AS (
  SELECT customer_id, list_sort(list(DISTINCT group_id) FILTER (kind = 'tag')) AS tags,
    list_sort(list(DISTINCT group_id) FILTER (kind = 'segment')) AS segments,
    list(DISTINCT group_id) FILTER (kind = 'band') AS churn_bands
  FROM profile_group GROUP BY customer_id
), told AS (
  SELECT c.*, t.last_contact_at, t.channel, t.hour, o.* EXCLUDE (customer_id, orders_365),
    coalesce(o.orders_365, 0) AS orders_365, a.value_currencies, a.value_amounts,
    h.* EXCLUDE (customer_id), d.* EXCLUDE (customer_id), s.* EXCLUDE (customer_id), y.* EXCLUDE (customer_id),
    k.* EXCLUDE (customer_id), p.* EXCLUDE (customer_id), w.owners, w.teams, g.tags, g.segments, g.churn_bands,
    greatest($active_least, least($active_most, coalesce($active_rhythms * o.rhythm_days, $active_most))) AS active_days
  FROM node_customer c
  LEFT JOIN profile_talk t USING (customer_id)
  LEFT JOIN profile_order o USING (customer_id)
  LEFT JOIN amounts a USING (customer_id)
  LEFT JOIN profile_habit h USING (customer_id)
  LEFT JOIN profile_deal d USING (customer_id)
  LEFT JOIN profile_service s USING (customer_id)
  LEFT JOIN profile_payment y USING (customer_id)
  LEFT JOIN profile_touch k USING (customer_id)
  LEFT JOIN profile_people p USING (customer_id)
  LEFT JOIN owned w USING (customer_id)
  LEFT JOIN grouped g USING (customer_id)
  WHERE (c.ended_at IS NULL OR c.ended_at > $now)
)
SELECT *, CASE
    WHEN last_order_at IS NULL THEN 'potential'
    WHEN date_diff('second', last_order_at, $now::TIMESTAMP) <= 86400 * active_days THEN 'active'
    WHEN date_diff('second', last_order_at, $now::TIMESTAMP) <= 86400 * 2 * active_days THEN 'dormant'
    ELSE 'lost' END AS lifecycle
FROM told
