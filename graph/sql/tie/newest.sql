-- name: tie.newest  params: evidence  relations: -
-- Of the ties at hand the newest interactions, newest first, and how many there were by channel.
WITH met AS (
  SELECT m.start_person, m.end_person, m.met_at, m.channel, g.interaction_id
  FROM tie_meetings m
  JOIN tie_slice USING (start_person, end_person)
  JOIN tie_groups g USING (interaction)
), newest AS (
  FROM met
  QUALIFY row_number() OVER (PARTITION BY start_person, end_person ORDER BY met_at DESC, interaction_id) <= $evidence
), by_channel AS (
  SELECT start_person, end_person, list(channel || ':' || times ORDER BY channel) AS channels
  FROM (SELECT start_person, end_person, channel, count(*) AS times FROM met GROUP BY ALL)
  GROUP BY ALL
)
SELECT start_person, end_person, any_value(channels) AS channels,
  list('Interaction:' || interaction_id ORDER BY met_at DESC, interaction_id) AS evidence
FROM newest
JOIN by_channel USING (start_person, end_person)
GROUP BY ALL
