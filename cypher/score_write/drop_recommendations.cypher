// name: score_write.drop_recommendations  params: model_ids, scored_at, limit  access: write  sees: all
// Suggestions of earlier scorings, a batch at a time.
MATCH (r:Recommendation)
WHERE r.scored_at < datetime($scored_at) OR NOT r.model_id IN $model_ids
WITH r LIMIT $limit
DETACH DELETE r
RETURN count(*) AS dropped
