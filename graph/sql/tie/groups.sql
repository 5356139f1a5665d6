-- name: tie.groups  params: largest, channel_weight, other_weight  relations: -
-- Interactions of 2 to $largest people, numbered, with the weight that one of them gives each pair.
SELECT row_number() OVER ()::BIGINT AS interaction, interaction_id, met_at, channel,
  coalesce(map_extract_value($channel_weight::MAP(VARCHAR, DOUBLE), channel), $other_weight) / (people - 1) AS weight
FROM (
  SELECT interaction_id, any_value(met_at) AS met_at, any_value(channel) AS channel, count(*) AS people
  FROM tie_parts GROUP BY interaction_id
)
WHERE people BETWEEN 2 AND $largest
