// name: search.customers  params: ids  access: read  sees: all
// What customers are found by, with their other ids and the keys that sources know them by.
UNWIND $ids AS asked
MATCH (n:Customer {customer_id: asked})
RETURN n.customer_id AS id, n.name AS name, n.short_name AS short_name, n.tax_id AS tax_id, n.phone AS phone,
  n.other_phones AS other_phones,
  n.website AS website, n.domains AS domains, n.city AS city, n.region AS region, n.country AS country,
  COLLECT { MATCH (n)<-[:ALIAS_OF]-(a:Alias) RETURN a.alias_id LIMIT 20 } AS aliases,
  COLLECT { MATCH (n)<-[:RECORD_OF]-(s:SourceRecord) RETURN DISTINCT s.source_key LIMIT 20 } AS keys
