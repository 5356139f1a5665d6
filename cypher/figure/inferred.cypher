// name: figure.inferred  params: id, as_of, most  access: read  sees: viewer
// What is inferred of a contact: our ties, the parts in decisions and the superior, each with its method and evidence.
MATCH (p:Contact {contact_id: $id})
WITH p, datetime($as_of) AS t
WHERE {{contact_seen p t}} AND {{contact_in_scope p t}}
RETURN COLLECT {
    MATCH (p)<-[k:KNOWS]-(e:Employee)
    WHERE coalesce(e.active, true) AND k.valid_from <= t AND {{seen_by_viewer k}}
    RETURN k {.method, .confidence, .evidence, .evidence_count, .valid_from, .raw, .interactions, .half_life_days, .derived_at,
      value: {{strength k t}}, about: 'Employee:' + e.employee_id} AS tie
    ORDER BY k.strength DESC, e.employee_id LIMIT $most
  } AS ties,
  COLLECT {
    MATCH (p)-[r:HAS_ROLE]->(o:Customer|Opportunity)
    WHERE r.basis = 'inferred' AND {{true_at r t}} AND {{seen_by_viewer r}} AND {{standing_at o t}} AND CASE labels(o)[0]
      WHEN 'Customer' THEN {{in_scope o}} ELSE {{deal_in_scope o}} END
    RETURN r {.method, .confidence, .evidence, .evidence_count, .valid_from, .decision_power, value: r.role,
      about: labels(o)[0] + ':' + coalesce(o.customer_id, o.opportunity_id)} AS role
    ORDER BY r.confidence DESC, r.fact_id LIMIT $most
  } AS roles,
  COLLECT {
    MATCH (p)-[l:REPORTS_TO]->(b:Contact)
    WHERE l.basis = 'inferred' AND {{true_at l t}} AND {{seen_by_viewer l}} AND {{contact_seen b t}}
      AND {{contact_in_scope b t}}
    RETURN l {.method, .confidence, .evidence, .evidence_count, .valid_from, value: b.name, about: 'Contact:' + b.contact_id} AS superior
    ORDER BY l.confidence DESC, l.fact_id LIMIT $most
  } AS superiors
