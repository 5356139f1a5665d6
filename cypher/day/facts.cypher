// name: day.facts  params: opportunity_ids, as_of  access: read  sees: viewer
// Of each deal who decides, on it and for the account, who has a role on it, and the inferred superiors of these.
UNWIND $opportunity_ids AS asked
MATCH (o:Opportunity {opportunity_id: asked})-[:FOR]->(c:Customer)
WITH o, c, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN o.opportunity_id AS opportunity_id,
  COLLECT {
    MATCH (p:Contact)-[h:HAS_ROLE]->(o)
    WHERE h.role IN ['decision_maker', 'economic_buyer', 'approver'] AND {{true_at h t}} AND {{seen_by_viewer h}}
    RETURN {contact_id: p.contact_id, name: p.name, role: h.role, basis: h.basis, confidence: h.confidence}
    ORDER BY h.confidence DESC, p.contact_id
  } AS on_deal,
  COLLECT {
    MATCH (p:Contact)-[a:HAS_ROLE]->(c)
    WHERE a.role IN ['decision_maker', 'economic_buyer', 'approver'] AND {{true_at a t}} AND {{seen_by_viewer a}}
    RETURN {contact_id: p.contact_id, name: p.name, role: a.role, basis: a.basis, confidence: a.confidence}
    ORDER BY a.confidence DESC, p.contact_id
  } AS on_account,
  COLLECT {
    MATCH (p:Contact)-[i:HAS_ROLE]->(o)
    WHERE {{true_at i t}} AND {{seen_by_viewer i}}
    RETURN DISTINCT p.contact_id
  } AS people,
  COLLECT {
    MATCH (p:Contact)-[g:HAS_ROLE]->(o)
    WHERE {{true_at g t}} AND {{seen_by_viewer g}}
    MATCH (p)-[r:REPORTS_TO]->(b:Contact)
    WHERE r.basis = 'inferred' AND {{true_at r t}} AND {{seen_by_viewer r}}
    RETURN DISTINCT {contact_id: p.contact_id, name: p.name, superior_id: b.contact_id, superior: b.name,
      confidence: r.confidence}
  } AS lines
