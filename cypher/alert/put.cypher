// name: alert.put  params: rows  access: write  sees: company
UNWIND $rows AS row
MATCH (c:Customer {customer_id: row.customer_id})
MERGE (a:Alert {alert_id: row.alert_id})
SET a += row.props, a.valid_from = datetime(row.since), a.valid_to = NULL
MERGE (a)-[:FOR]->(c)
