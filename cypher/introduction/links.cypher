// name: introduction.links  params: employees, contacts, as_of  access: read  sees: viewer
// Links besides ties of the given people: teams of ours; colleagues of today and of before at the same company, people
// of companies of one group or of which one brought the other in, and who brought in whom. Of circles larger than
// asked.most, whose links are too weak to matter, none. A team's size is counted once for all of it that are asked.
UNWIND $employees AS asked
MATCH (n:Employee {employee_id: asked.id})
WHERE n.team IS NOT NULL
WITH n.team AS team, collect({id: n.employee_id, most: asked.most}) AS members, datetime($as_of) AS t
WITH team, members, t, COUNT { MATCH (x:Employee {team: team}) WHERE {{standing_at x t}} AND coalesce(x.active, true) } AS size
UNWIND members AS member
WITH team, member, size, t
WHERE size <= member.most
MATCH (m:Employee {team: team})
WHERE m.employee_id <> member.id AND {{standing_at m t}} AND coalesce(m.active, true)
RETURN 'Employee' AS kind, member.id AS id, 'Employee' AS other_kind, m.employee_id AS other_id, 'team' AS link,
  size, NULL AS customer_id, NULL AS other_customer_id, team AS company, NULL AS other_company, NULL AS since, NULL AS other_since,
  NULL AS until, NULL AS other_until
UNION ALL
UNWIND $contacts AS asked
MATCH (n:Contact {contact_id: asked.id})-[w:WORKS_AT]->(c:Customer)
WITH n, w, c, asked, datetime($as_of) AS t
WHERE {{known_at w t}} AND {{seen_by_viewer w}}
WITH n, w, c, asked, t, COUNT {
  MATCH (c)<-[x:WORKS_AT]-(:Contact) WHERE {{known_at x t}} AND {{seen_by_viewer x}}
} AS size
WHERE size <= asked.most
MATCH (c)<-[v:WORKS_AT]-(m:Contact)
WHERE m.contact_id <> n.contact_id AND {{known_at v t}} AND {{seen_by_viewer v}}
  AND (w.valid_to IS NULL OR v.valid_from < w.valid_to) AND (v.valid_to IS NULL OR w.valid_from < v.valid_to)
RETURN 'Contact' AS kind, n.contact_id AS id, 'Contact' AS other_kind, m.contact_id AS other_id,
  CASE WHEN (w.valid_to IS NULL OR w.valid_to > t) AND (v.valid_to IS NULL OR v.valid_to > t)
    THEN 'colleague' ELSE 'former_colleague' END AS link,
  size, c.customer_id AS customer_id, NULL AS other_customer_id, c.name AS company, NULL AS other_company, w.valid_from AS since,
  v.valid_from AS other_since, w.valid_to AS until, v.valid_to AS other_until
UNION ALL
UNWIND $contacts AS asked
MATCH (n:Contact {contact_id: asked.id})-[w:WORKS_AT]->(c:Customer)
WITH n, c, w, asked, datetime($as_of) AS t
WHERE {{true_at w t}} AND {{seen_by_viewer w}}
WITH DISTINCT n, c, asked, t
CALL (c, t) {
  MATCH (c)-[g:PARENT_OF|REFERRED]-(d:Customer)
  WHERE {{true_at g t}} AND {{seen_by_viewer g}}
  RETURN d, CASE WHEN type(g) = 'REFERRED' THEN 'referred_company' ELSE 'group' END AS link, g.valid_from AS since
  UNION
  MATCH (c)<-[h:PARENT_OF]-(top:Customer)
  WHERE {{true_at h t}} AND {{seen_by_viewer h}}
  MATCH (top)-[k:PARENT_OF]->(d:Customer)
  WHERE d.customer_id <> c.customer_id AND {{true_at k t}} AND {{seen_by_viewer k}}
  RETURN d, 'group' AS link, CASE WHEN h.valid_from > k.valid_from THEN h.valid_from ELSE k.valid_from END AS since
}
WITH n, c, d, link, since, asked, t, COUNT {
  MATCH (c)<-[x:WORKS_AT]-(:Contact) WHERE {{true_at x t}} AND {{seen_by_viewer x}}
} + COUNT {
  MATCH (d)<-[y:WORKS_AT]-(:Contact) WHERE {{true_at y t}} AND {{seen_by_viewer y}}
} AS size
WHERE size <= asked.most
MATCH (d)<-[v:WORKS_AT]-(m:Contact)
WHERE m.contact_id <> n.contact_id AND {{true_at v t}} AND {{seen_by_viewer v}}
RETURN 'Contact' AS kind, n.contact_id AS id, 'Contact' AS other_kind, m.contact_id AS other_id, link, size,
  c.customer_id AS customer_id, d.customer_id AS other_customer_id, c.name AS company, d.name AS other_company, since, NULL AS other_since, NULL AS until,
  NULL AS other_until
UNION ALL
UNWIND $contacts AS asked
MATCH (n:Contact {contact_id: asked.id})-[r:REFERRED]-(m:Contact)
WITH n, r, m, datetime($as_of) AS t
WHERE {{true_at r t}} AND {{seen_by_viewer r}}
RETURN 'Contact' AS kind, n.contact_id AS id, 'Contact' AS other_kind, m.contact_id AS other_id, 'referred' AS link,
  2 AS size, NULL AS customer_id, NULL AS other_customer_id, NULL AS company, NULL AS other_company, r.valid_from AS since, NULL AS other_since,
  NULL AS until, NULL AS other_until
