// name: snapshot.interaction_span  params: before  access: read  sees: company
// How many interactions there are before the moment, the first and the last of them: long tables are read in pages of time.
MATCH (n:Interaction)
WHERE n.at < datetime($before)
WITH count(n) AS events, min(n.at) AS begun, max(n.at) AS ended
RETURN events, begun.epochMillis AS first, ended.epochMillis AS last
