// name: alert.standing  params: kind, method  access: read  sees: company
// The alerts of a kind that are not over.
MATCH (a:Alert {kind: $kind})-[:FOR]->(c:Customer)
WHERE a.method = $method AND a.valid_to IS NULL
RETURN c.customer_id AS customer_id, a.subject AS subject, a.alert_id AS alert_id, a.valid_from AS valid_from,
  a.severity AS severity, a.message AS message, a.figures AS figures, a.evidence AS evidence,
  a.told_from AS told_from, a.told_severity AS told_severity, a.told_figures AS told_figures,
  a.told_evidence AS told_evidence
ORDER BY a.valid_from, a.alert_id
