// name: outgoing.contacts  params: ids, now  access: read  sees: company
// Own values of contacts, their part as somebody asserted last, and when they left as somebody stated: not where that
// was dismissed, nor where only the record of the person or company ended.
UNWIND $ids AS asked
MATCH (p:Contact {contact_id: asked})
WITH p, datetime($now) AS t
RETURN p.contact_id AS id, properties(p) AS own,
  head(COLLECT {
    MATCH (p)-[r:HAS_ROLE]->(:Customer)
    WHERE r.basis = 'asserted' AND {{true_at r t}} AND {{seen_by_company r}}
    RETURN r.role ORDER BY r.valid_from DESC, r.fact_id LIMIT 1
  }) AS role,
  head(COLLECT {
    MATCH (p)-[w:WORKS_AT]->(:Customer)
    WHERE w.basis = 'asserted' AND w.valid_to <= t AND {{known_at w t}} AND {{seen_by_company w}}
      AND coalesce(w.dismissed_at > t, true) AND coalesce(w.reason, '') <> 'its entity ended'
    RETURN w.valid_to ORDER BY w.valid_to DESC LIMIT 1
  }) AS left_at
