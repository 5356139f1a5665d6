// name: derive.questioned_jobs  params: customer_ids, now  access: read  sees: viewer
// Open jobs that something questions: mail that bounced, or another open job of the same person.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($now) AS t
MATCH (c)<-[w:WORKS_AT]-(p:Contact)
WHERE {{true_at w t}} AND {{seen_by_company w}}
WITH c, t, w, p,
  COLLECT {
    MATCH (p)-[o:WORKS_AT]->(d:Customer)
    WHERE d.customer_id <> c.customer_id AND {{true_at o t}} AND {{seen_by_company o}}
    RETURN o {.fact_id, .valid_from, customer_id: d.customer_id,
      related: EXISTS {
        MATCH (c)-[k:PARENT_OF|PARTNER_OF]-(d) WHERE {{true_at k t}} AND {{seen_by_company k}}
      }}
  } AS elsewhere
WHERE size(elsewhere) > 0 OR p.email_bounced OR p.email_bounced_at <= t
RETURN w.fact_id AS fact_id, p.contact_id AS contact_id, c.customer_id AS customer_id, w.valid_from AS valid_from,
  p.email AS email, p.email_bounced AS email_bounced,
  CASE WHEN p.email_bounced_at <= t THEN p.email_bounced_at ELSE NULL END AS email_bounced_at,
  p.bounced_email AS bounced_email, elsewhere,
  COLLECT {
    MATCH (p)-[r:PARTICIPATED_IN]->(i:Interaction)
    WHERE r.part = 'from' AND i.at <= t AND {{standing_at i t}} AND {{seen_by_company i}}
    RETURN i.at ORDER BY i.at DESC LIMIT 1
  } AS last_wrote_at,
  COLLECT {
    MATCH (p)-[:PARTICIPATED_IN]->(i:Interaction)
    WHERE i.channel IN ['meeting', 'visit', 'call'] AND i.at <= t AND {{standing_at i t}} AND {{seen_by_company i}}
    RETURN i.at ORDER BY i.at DESC LIMIT 1
  } AS last_met_at
