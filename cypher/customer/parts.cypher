// name: customer.parts  params: customer_ids, text, alias_id, most, as_of  access: read  sees: viewer  slots: parts, columns
// Parts of customers at as_of, of those that had not ended by then: of the customers with these ids, or of the one
// that a text surely means, by its id, a source's id, its tax number or its name as written; of equal names the one
// with more orders, deals and contacts. Ids without a text: text and alias_id are ''.
// One record, for a record costs a client more than what it holds.
// A part that $parts does not name reads nothing: one statement, planned once, serves every selection.
CALL () {
  UNWIND $customer_ids AS asked
  MATCH (c:Customer {customer_id: asked}) RETURN c, 0 AS rank
  UNION ALL
  MATCH (c:Customer {customer_id: $text}) RETURN c, 1 AS rank
  UNION ALL
  MATCH (a:Alias {alias_id: $alias_id})-[:ALIAS_OF]->(c:Customer) RETURN c, 2 AS rank
  UNION ALL
  MATCH (s:SourceRecord {source_key: $text})-[:RECORD_OF]->(c:Customer) RETURN c, 2 AS rank
  UNION ALL
  MATCH (c:Customer {tax_id: $text}) RETURN c, 3 AS rank
  UNION ALL
  MATCH (c:Customer {name: $text}) RETURN c, 4 AS rank
}
WITH c, rank, datetime($as_of) AS t
WHERE {{standing_at c t}} AND {{in_scope c}}
WITH c, t, rank, CASE rank WHEN 0 THEN 0 ELSE
    COUNT { MATCH (c)-[:PLACED]->(bought:Order) WHERE {{standing_at bought t}} }
    + COUNT { MATCH (c)<-[:FOR]-(deal:Opportunity) WHERE {{standing_at deal t}} }
    + COUNT { MATCH (c)<-[w:WORKS_AT]-(:Contact) WHERE {{true_at w t}} AND {{seen_by_company w}} } END AS activity
ORDER BY rank, activity DESC, c.name, c.customer_id
LIMIT $most
WITH c.customer_id AS customer_id,
{{parts}}
RETURN collect({customer_id: customer_id, {{columns}}}) AS customers
