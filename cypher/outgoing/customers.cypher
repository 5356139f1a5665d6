// name: outgoing.customers  params: ids, now  access: read  sees: company
// Own values of customers, and how well we know them as employees judged last.
UNWIND $ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($now) AS t
RETURN c.customer_id AS id, properties(c) AS own,
  head(COLLECT {
    MATCH (c)<-[r:RELATIONSHIP]-(:Employee)
    WHERE {{true_at r t}} AND {{seen_by_company r}} AND r.current IS NOT NULL
    RETURN r.current ORDER BY r.valid_from DESC, r.fact_id LIMIT 1
  }) AS level
