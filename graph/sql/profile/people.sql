-- name: profile.people  params: now, year  relations: -
-- Of the people of each customer: their number, departments, seniorities and languages, who came and who left within a year, whose
-- mail comes back; roles that sources and users state (not those inferred from titles) with the lowest and highest
-- stance; parents, subsidiaries, partners and referrals; how close we judge ourselves; since when the newest owner is
-- responsible; open tasks; offers that were accepted or dismissed. Facts of now that everybody of us may see.
WITH job AS (
  SELECT w.end_id AS customer_id, w.start_id AS contact_id, w.department, w.seniority, w.valid_from, w.valid_to,
    w.valid_from <= $now AND (w.valid_to IS NULL OR w.valid_to > $now) AS held, p.language,
    coalesce(p.email_bounced, false) OR p.email_bounced_at <= $now AS bounced
  FROM edge_works_at w
  JOIN node_contact p ON p.contact_id = w.start_id AND (p.ended_at IS NULL OR p.ended_at > $now)
  WHERE seen_by_company(w.visibility) AND coalesce(w.known_from, w.valid_from) <= $now
    AND (w.known_to IS NULL OR w.known_to > $now)
), jobs AS (
  SELECT customer_id, count(DISTINCT contact_id) FILTER (held) AS contacts,
    list_sort(list(DISTINCT department) FILTER (held AND department IS NOT NULL)) AS departments,
    list_sort(list(DISTINCT seniority) FILTER (held AND seniority IS NOT NULL)) AS seniorities,
    list_sort(list(DISTINCT language) FILTER (held AND language IS NOT NULL)) AS languages,
    count(DISTINCT contact_id) FILTER (held AND valid_from > $now - to_days($year)) AS contacts_new_365,
    count(DISTINCT contact_id) FILTER (valid_to <= $now AND valid_to > $now - to_days($year)) AS contacts_left_365,
    count(DISTINCT contact_id) FILTER (held AND bounced) AS bounced_contacts
  FROM job GROUP BY customer_id
), role AS (
  SELECT coalesce(f.end_id, r.end_id) AS customer_id, r.role, r.stance
  FROM edge_has_role r
  LEFT JOIN edge_for f ON r.end_label = 'Opportunity' AND f.start_label = 'Opportunity' AND f.start_id = r.end_id
  LEFT JOIN node_opportunity o ON r.end_label = 'Opportunity' AND o.opportunity_id = r.end_id
  WHERE (o.opened_at IS NULL OR o.opened_at <= $now) AND (o.ended_at IS NULL OR o.ended_at > $now)
    AND seen_by_company(r.visibility) AND r.valid_from <= $now AND (r.valid_to IS NULL OR r.valid_to > $now)
    AND coalesce(r.known_from, r.valid_from) <= $now AND (r.known_to IS NULL OR r.known_to > $now)
    AND (r.dismissed_at IS NULL OR r.dismissed_at > $now)
), roles AS (
  SELECT customer_id, list_sort(list(DISTINCT role)) AS roles, min(stance) AS worst_stance, max(stance) AS best_stance
  FROM role GROUP BY customer_id
), link AS (
  SELECT start_id, end_id, 'parent' AS kind, visibility, valid_from, valid_to, known_from, known_to FROM edge_parent_of
  UNION ALL
  SELECT start_id, end_id, 'partner', visibility, valid_from, valid_to, known_from, known_to FROM edge_partner_of
  UNION ALL
  SELECT start_id, end_id, 'referred', visibility, valid_from, valid_to, known_from, known_to
  FROM edge_referred WHERE start_label = 'Customer'
), standing AS (
  SELECT * FROM link
  WHERE seen_by_company(visibility) AND valid_from <= $now AND (valid_to IS NULL OR valid_to > $now)
    AND coalesce(known_from, valid_from) <= $now AND (known_to IS NULL OR known_to > $now)
), ends AS (
  SELECT start_id AS customer_id, end_id AS other_id, kind || ' of' AS what FROM standing
  UNION ALL
  SELECT end_id, start_id, kind || ' by' FROM standing
), links AS (
  SELECT customer_id,
    count(DISTINCT other_id) FILTER (what = 'parent of') AS subsidiaries,
    count(DISTINCT other_id) FILTER (what = 'parent by') AS parents,
    count(DISTINCT other_id) FILTER (what IN ('partner of', 'partner by')) AS partners,
    count(DISTINCT other_id) FILTER (what = 'referred of') AS referrals,
    count(DISTINCT other_id) FILTER (what = 'referred by') AS referred_by
  FROM ends GROUP BY customer_id
), level AS (
  SELECT end_id AS customer_id, arg_max(current, (valid_from, fact_id)) AS level,
    arg_max(wanted, (valid_from, fact_id)) AS level_wanted
  FROM edge_relationship
  WHERE end_label = 'Customer' AND seen_by_company(visibility) AND valid_from <= $now
    AND (valid_to IS NULL OR valid_to > $now) AND coalesce(known_from, valid_from) <= $now
    AND (known_to IS NULL OR known_to > $now)
  GROUP BY end_id
), owner AS (
  SELECT end_id AS customer_id, max(valid_from) AS owner_since
  FROM edge_owns
  WHERE end_label = 'Customer' AND seen_by_company(visibility) AND valid_from <= $now
    AND (valid_to IS NULL OR valid_to > $now) AND coalesce(known_from, valid_from) <= $now
    AND (known_to IS NULL OR known_to > $now)
  GROUP BY end_id
), task AS (
  SELECT f.end_id AS customer_id, count(*) AS open_tasks, count(*) FILTER (t.due_at < $now) AS overdue_tasks
  FROM node_task t JOIN edge_for f ON f.start_label = 'Task' AND f.start_id = t.task_id
  WHERE (t.ended_at IS NULL OR t.ended_at > $now) AND (t.created_at IS NULL OR t.created_at <= $now)
    AND (t.done_at > $now OR t.done_at IS NULL
      AND lower(coalesce(t.status, '')) NOT IN ('done', 'completed', 'closed', 'cancelled', 'canceled'))
  GROUP BY f.end_id
), offer AS (
  SELECT start_id AS customer_id,
    count(*) FILTER (outcome = 'accepted') AS offers_accepted_365,
    count(*) FILTER (outcome = 'dismissed') AS offers_dismissed_365
  FROM edge_offered
  WHERE seen_by_company(visibility) AND valid_from <= $now AND valid_from > $now - to_days($year)
    AND (known_to IS NULL OR known_to > $now)
  GROUP BY start_id
)
SELECT c.customer_id, coalesce(j.contacts, 0) AS contacts, j.departments, j.seniorities, j.languages, coalesce(j.contacts_new_365, 0) AS contacts_new_365,
  coalesce(j.contacts_left_365, 0) AS contacts_left_365, coalesce(j.bounced_contacts, 0) AS bounced_contacts,
  r.roles, r.worst_stance, r.best_stance, coalesce(k.subsidiaries, 0) AS subsidiaries,
  coalesce(k.parents, 0) AS parents, coalesce(k.partners, 0) AS partners, coalesce(k.referrals, 0) AS referrals,
  coalesce(k.referred_by, 0) AS referred_by, l.level, l.level_wanted, o.owner_since,
  coalesce(t.open_tasks, 0) AS open_tasks, coalesce(t.overdue_tasks, 0) AS overdue_tasks,
  coalesce(f.offers_accepted_365, 0) AS offers_accepted_365, coalesce(f.offers_dismissed_365, 0) AS offers_dismissed_365
FROM node_customer c
LEFT JOIN jobs j USING (customer_id)
LEFT JOIN roles r USING (customer_id)
LEFT JOIN links k USING (customer_id)
LEFT JOIN level l USING (customer_id)
LEFT JOIN owner o USING (customer_id)
LEFT JOIN task t USING (customer_id)
LEFT JOIN offer f USING (customer_id)
WHERE (c.ended_at IS NULL OR c.ended_at > $now)
