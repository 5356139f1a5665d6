// name: derive.clock  params: -  access: read  sees: viewer
MATCH (i:Interaction) RETURN max(i.at) AS at
UNION ALL
MATCH (o:Order) RETURN max(o.ordered_at) AS at
UNION ALL
MATCH (s:Ticket) RETURN max(s.opened_at) AS at
UNION ALL
MATCH (d:Opportunity) RETURN max(d.opened_at) AS at
