// name: score_write.drop_recommendations  params: ids  access: write  sees: all
UNWIND $ids AS dropped
MATCH (r:Recommendation {recommendation_id: dropped})
DETACH DELETE r
RETURN count(*) AS dropped
