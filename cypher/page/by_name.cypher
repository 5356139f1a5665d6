// name: page.by_name  params: after_name, until, after_id, industry, region, text, as_of, lines  access: read  sees: viewer  slots: parts, columns
// Customers by name up to `until`, with parts as customer.parts reads them; without after_id those of the name after_name
// are left out. All in one record, for records cost a client more than what they hold.
// A CASE in place of OR: of alternatives Neo4j reads the index once each, loses its order and sorts the whole window.
MATCH (c:Customer)
WHERE c.name >= $after_name AND c.name <= $until
  AND CASE WHEN c.name = $after_name THEN c.customer_id > $after_id ELSE true END
  AND c.ended_at IS NULL AND {{in_scope c}}
  AND ($industry IS NULL OR c.industry = $industry)
  AND ($region IS NULL OR c.region = $region)
  AND ($text IS NULL OR c.name_words CONTAINS $text OR c.short_name_words CONTAINS $text)
WITH c, datetime($as_of) AS t
WHERE {{in_band c t}}
WITH c, t ORDER BY c.name, c.customer_id LIMIT $lines
WITH c.customer_id AS customer_id, c.name AS name,
{{parts}}
RETURN collect({customer_id: customer_id, name: name, {{columns}}}) AS customers
