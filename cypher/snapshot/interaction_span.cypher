// name: snapshot.interaction_span  params: before  access: read  sees: company
// How many interactions there are before the moment, the first and the last of them: long tables are read in pages of time.
MATCH (i:Interaction)
WHERE i.at < datetime($before) AND {{seen_by_company i}}
WITH count(i) AS events, min(i.at) AS begun, max(i.at) AS ended
RETURN events, begun.epochMillis AS first, ended.epochMillis AS last
