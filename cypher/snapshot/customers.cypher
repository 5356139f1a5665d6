// name: snapshot.customers  params: -  access: read  sees: company
// Current values; they count only where no source record holds the versions (recorded).
MATCH (n:Customer)
RETURN n.customer_id AS customer_id, n.created_at.epochMillis AS created_at, n.name AS name, n.industry AS industry, n.region AS region,
  n.country AS country, n.employees AS employees, n.revenue AS revenue,
  EXISTS { (:SourceRecord)-[:RECORD_OF]->(n) } AS recorded
