// fragment: customer_part.tags  params: parts
// Tags carried.
CASE WHEN 'tags' IN $parts THEN COLLECT {
  MATCH (c)-[w:TAGGED]->(g:Tag)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN g {.tag_id, .name, .name_zh, .dimension}
  ORDER BY g.dimension, g.tag_id
} END AS tags
