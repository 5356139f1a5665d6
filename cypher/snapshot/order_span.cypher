// name: snapshot.order_span  params: before  access: read  sees: company
// How many orders there are before the moment, the first and the last of them: long tables are read in pages of time.
MATCH (n:Order)
WHERE n.ordered_at < datetime($before)
WITH count(n) AS events, min(n.ordered_at) AS begun, max(n.ordered_at) AS ended
RETURN events, begun.epochMillis AS first, ended.epochMillis AS last
