// fragment: customer_part.tickets  params: parts, recent
// Service in numbers; recent begins the last half year.
COLLECT {
  UNWIND [part IN $parts WHERE part = 'tickets'] AS asked
  UNWIND [datetime($recent)] AS recent
  MATCH (c)<-[:FOR]-(s:Ticket) WHERE s.opened_at <= t AND {{standing_at s t}}
  RETURN {total: count(s),
    open: sum(CASE WHEN s.closed_at IS NULL OR s.closed_at > t THEN 1 ELSE 0 END),
    breached: sum(CASE WHEN s.sla_breached THEN 1 ELSE 0 END),
    recent: sum(CASE WHEN s.opened_at > recent THEN 1 ELSE 0 END),
    satisfaction: avg(CASE WHEN s.closed_at <= t THEN s.satisfaction ELSE NULL END),
    last_opened_at: max(s.opened_at)}
} AS tickets
