// name: profile.of  params: customer_ids, as_of, recent, before, viewer, limit  access: read
// recent and before start the last and the last but one half year before as_of.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t, datetime($recent) AS recent, datetime($before) AS before
RETURN
  c {.customer_id, .name, .short_name, .tax_id, .industry, .region, .city, .country, .employees, .revenue,
    .currency, .domains, .website, .phone, .lifecycle_stage, .created_at} AS company,
  [key IN keys(c) WHERE key STARTS WITH 'x_' | {name: key, value: c[key]}] AS attributes,
  COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
      AND (coalesce(w.visibility, 'company') = 'company' OR w.owner_id = $viewer)
    RETURN p {.contact_id, .name, .email, .phone, .mobile, title: w.title, department: w.department,
      seniority: w.seniority, since: w.valid_from, basis: w.basis, confidence: w.confidence}
    ORDER BY p.name, p.contact_id
    LIMIT $limit
  } AS contacts,
  COLLECT {
    MATCH (c)<-[w:OWNS]-(e:Employee)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    RETURN e {.employee_id, .name, .team, since: w.valid_from}
    ORDER BY w.valid_from, e.employee_id
  } AS owners,
  COLLECT {
    MATCH (c)<-[w:PARENT_OF]-(o:Customer)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    RETURN o {.customer_id, .name, kind: 'parent', basis: w.basis, confidence: w.confidence}
  } + COLLECT {
    MATCH (c)-[w:PARENT_OF]->(o:Customer)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    RETURN o {.customer_id, .name, kind: 'subsidiary', basis: w.basis, confidence: w.confidence}
    LIMIT $limit
  } + COLLECT {
    MATCH (c)-[w:PARTNER_OF]-(o:Customer)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    RETURN o {.customer_id, .name, kind: 'partner', basis: w.basis, confidence: w.confidence}
    LIMIT $limit
  } AS related,
  COLLECT {
    MATCH (c)<-[:FOR]-(s:Ticket) WHERE s.opened_at <= t
    RETURN {total: count(s),
      open: sum(CASE WHEN s.closed_at IS NULL OR s.closed_at > t THEN 1 ELSE 0 END),
      breached: sum(CASE WHEN s.sla_breached THEN 1 ELSE 0 END),
      recent: sum(CASE WHEN s.opened_at > recent THEN 1 ELSE 0 END),
      satisfaction: avg(CASE WHEN s.closed_at <= t THEN s.satisfaction ELSE NULL END),
      last_opened_at: max(s.opened_at)}
  } AS tickets,
  COLLECT {
    MATCH (c)-[:PLACED]->(o:Order) WHERE o.ordered_at <= t
    WITH o, o.ordered_at.year AS year, o.ordered_at > recent AS late,
      o.ordered_at > before AND o.ordered_at <= recent AS early
    WITH year,
      sum(CASE WHEN o.kind = 'return' THEN 0 ELSE 1 END) AS orders,
      sum(CASE WHEN o.kind = 'return' THEN 1 ELSE 0 END) AS returned,
      sum(coalesce(o.amount, 0.0)) AS amount, max(o.currency) AS currency,
      min(CASE WHEN o.kind = 'return' THEN NULL ELSE o.ordered_at END) AS first_at,
      max(CASE WHEN o.kind = 'return' THEN NULL ELSE o.ordered_at END) AS last_at,
      sum(CASE WHEN late THEN coalesce(o.amount, 0.0) ELSE 0.0 END) AS late_amount,
      sum(CASE WHEN early THEN coalesce(o.amount, 0.0) ELSE 0.0 END) AS early_amount
    RETURN {year: year, orders: orders, returns: returned, amount: amount, currency: currency,
      first_at: first_at, last_at: last_at, late: late_amount, early: early_amount}
    ORDER BY year
  } AS years,
  COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity) WHERE o.opened_at IS NULL OR o.opened_at <= t
    RETURN o {.opportunity_id, .name, .stage, .amount, .currency, .opened_at,
      closed_at: CASE WHEN o.closed_at <= t THEN o.closed_at ELSE NULL END,
      outcome: CASE WHEN o.closed_at > t THEN NULL ELSE o.outcome END}
    ORDER BY o.opened_at DESC, o.opportunity_id
    LIMIT $limit
  } AS deals,
  COLLECT {
    MATCH (c)-[w:TAGGED]->(g:Tag)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    RETURN g {.tag_id, .name, .name_zh, .dimension}
    ORDER BY g.dimension, g.tag_id
  } AS tags,
  COLLECT {
    MATCH (c)<-[:RECORD_OF]-(s:SourceRecord)
    WHERE s.known_from <= t AND (s.known_to IS NULL OR s.known_to > t)
    RETURN s {.record_id, .source, .dataset, .source_key, .known_from}
    ORDER BY s.known_from, s.record_id
    LIMIT $limit
  } AS origins,
  COLLECT {
    MATCH (c)-[:SCORED]->(s:RiskScore) WHERE s.task = 'churn' AND s.as_of <= t
    RETURN s {.score_id, .task, .probability, .percentile, .band, .horizon_days, .scored_at, .as_of, .model_id,
      .reasons}
    ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC
    LIMIT 1
  } AS risk,
  COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)<-[k:KNOWS]-(e:Employee)
    WHERE w.valid_to IS NULL AND coalesce(e.active, true) AND k.derived_at <= t
      AND (coalesce(k.visibility, 'company') = 'company' OR k.owner_id = $viewer)
    RETURN {employee: e.name, contact: p.name,
      strength: 1.0 - (1.0 - k.strength) ^ (0.5 ^ (duration.inSeconds(k.derived_at, t).seconds / 86400.0 / k.half_life_days))}
    ORDER BY k.strength DESC
    LIMIT 1
  } AS best_tie,
  EXISTS { MATCH (c)<-[:WORKS_AT]-(p:Contact)-[:PARTICIPATED_IN]->(:Interaction) } AS met
