// name: opportunity.versions  params: customer_ids, as_of  access: read  sees: viewer
// The deals of each customer as they are today, and beside each the versions of its source rows, oldest first.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[:FOR]-(o:Opportunity)
WITH c, o, datetime($as_of) AS t
WHERE {{standing_at o t}} AND {{in_scope c}}
RETURN c.customer_id AS customer_id, c.currency AS customer_currency,
  o {.opportunity_id, .name, .stage, .amount, .currency, .opened_at, .closed_at, .outcome} AS deal,
  COLLECT {
    MATCH (o)<-[:RECORD_OF]-(s:SourceRecord)
    RETURN s {.record_id, .known_from, .values}
    ORDER BY s.known_from, s.record_id
  } AS versions
ORDER BY customer_id, deal.opportunity_id
