// fragment: customer_part.segments  params: parts
// Segments that it belongs to, since when, and by which values.
CASE WHEN 'segments' IN $parts THEN COLLECT {
  MATCH (c)-[w:IN_SEGMENT]->(g:Segment)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN g {.segment_id, .name, .name_zh, .description, .description_zh, .method, .silhouette, .stability,
    since: w.valid_from, figures: w.figures, rule_version: w.rule_version}
  ORDER BY g.segment_id
} END AS segments
