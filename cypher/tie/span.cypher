// name: tie.span  params: -  access: read
MATCH (i:Interaction)
RETURN min(i.at) AS first_at, max(i.at) AS last_at, count(i) AS interactions
