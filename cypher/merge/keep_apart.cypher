// name: merge.keep_apart  params: kind, pair, now, loaded_at, change  access: write  sees: all
// Two records are not one: the record of the decision, and the end of what linking said of them.
OPTIONAL MATCH (had:Change {change_id: $change.change_id})
WITH had WHERE had IS NULL
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = datetime($now), done.loaded_at = datetime($loaded_at)
WITH done
OPTIONAL MATCH (a:Customer|Contact)-[r:MAY_BE_SAME_AS]->(b:Customer|Contact)
WHERE labels(a)[0] = $kind AND r.valid_to IS NULL
  AND $pair IN [coalesce(a.customer_id, a.contact_id) + '|' + coalesce(b.customer_id, b.contact_id),
    coalesce(b.customer_id, b.contact_id) + '|' + coalesce(a.customer_id, a.contact_id)]
SET r.valid_to = datetime($now)
RETURN count(*) AS done
