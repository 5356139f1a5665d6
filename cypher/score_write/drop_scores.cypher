// name: score_write.drop_scores  params: score_ids  access: write  sees: all
UNWIND $score_ids AS asked
MATCH (s:RiskScore {score_id: asked})
DETACH DELETE s
RETURN count(*) AS dropped
