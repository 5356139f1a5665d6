// name: chain.put_gaps  params: rows  access: write  sees: viewer
UNWIND $rows AS row
MATCH (c:Customer {customer_id: row.customer_id})
MERGE (a:Alert {alert_id: row.alert_id})
SET a.kind = row.kind, a.severity = row.severity, a.message = row.message, a.evidence = row.evidence,
  a.method = row.method, a.figures = row.figures, a.valid_from = datetime(row.since), a.valid_to = NULL,
  a.told_from = row.told_from, a.told_severity = row.told_severity, a.told_figures = row.told_figures,
  a.told_evidence = row.told_evidence
MERGE (a)-[:FOR]->(c)
WITH a, row
MATCH (o:Opportunity {opportunity_id: row.opportunity_id})
MERGE (a)-[:ABOUT]->(o)
