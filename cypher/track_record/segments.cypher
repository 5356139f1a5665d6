// name: track_record.segments  params: customer_ids  access: read  sees: company
// The segments that these customers were in, and when.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})-[w:IN_SEGMENT]->(g:Segment)
WHERE {{seen_by_company w}}
RETURN c.customer_id AS customer_id, g.name AS segment, w.valid_from AS valid_from, w.valid_to AS valid_to
ORDER BY customer_id, g.segment_id, valid_from
