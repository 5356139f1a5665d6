// name: merge.reviews  params: kind, ids, now, limit, viewer  access: read  sees: viewer
// Records that may be one and about whom nobody has decided, the surest first; with `ids` those of these records. Of
// customers, whether one stands above the other: a branch is no double.
MATCH (a:Customer|Contact)-[r:MAY_BE_SAME_AS]->(b:Customer|Contact)
WITH a, r, b, datetime($now) AS t, coalesce(a.customer_id, a.contact_id) AS one_id,
  coalesce(b.customer_id, b.contact_id) AS other_id
WHERE labels(a)[0] = $kind AND {{true_at r t}} AND {{seen_by_viewer r}}
  AND (size($ids) = 0 OR one_id IN $ids OR other_id IN $ids)
  AND ($kind <> 'Customer' OR ({{in_scope a}}) AND ({{in_scope b}}))
  AND ($kind = 'Customer' OR $viewer = '' OR ({{contact_seen a t}}) AND ({{contact_seen b t}}))
  AND ($kind = 'Customer' OR ({{contact_in_scope a t}}) AND ({{contact_in_scope b t}}))
WITH r, a, b, t, one_id, other_id, CASE WHEN one_id < other_id THEN one_id + '|' + other_id
  ELSE other_id + '|' + one_id END AS pair
WHERE NOT EXISTS { MATCH (v:Verdict) WHERE v.verdict_id = $kind + '|' + pair AND v.judgement = 'apart' }
RETURN one_id, a.name AS one_name, other_id, b.name AS other_name, r.confidence AS probability, r.weights AS weights,
  r.valid_from AS since,
  COLLECT {
    MATCH (a)-[up:PARENT_OF]-(b) WHERE {{true_at up t}} AND {{seen_by_viewer up}}
    RETURN startNode(up).customer_id LIMIT 1
  } AS parents
ORDER BY probability DESC, one_id, other_id LIMIT $limit
