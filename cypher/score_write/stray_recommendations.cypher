// name: score_write.stray_recommendations  params: model_ids, as_of, limit  access: write  sees: all
// Suggestions of models that do not serve, and those as of a later moment, a batch at a time.
MATCH (r:Recommendation)
WHERE r.as_of > datetime($as_of) OR NOT r.model_id IN $model_ids
WITH r LIMIT $limit
DETACH DELETE r
RETURN count(*) AS dropped
