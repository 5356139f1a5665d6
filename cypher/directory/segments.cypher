// name: directory.segments  params: as_of, limit, sized  access: read  sees: viewer
// Segments, and how many customers belong to each today, where that is asked for ($sized).
MATCH (g:Segment)
WITH g, datetime($as_of) AS t
WHERE {{standing_at g t}}
WITH g, t ORDER BY g.segment_id LIMIT $limit
RETURN g {.segment_id, .name, .name_zh, .description, .description_zh, .method, .silhouette, .stability,
    .rule_version} AS segment,
  CASE WHEN $sized THEN COUNT {
    MATCH (g)<-[w:IN_SEGMENT]-(c:Customer)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}} AND {{standing_at c t}} AND {{in_scope c}}
  } END AS customers
ORDER BY segment.segment_id
