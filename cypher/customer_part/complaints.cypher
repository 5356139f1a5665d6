// fragment: customer_part.complaints  params: parts, rested
// Complaints that are open, first, and those closed since `rested`, the newest first.
CASE WHEN 'complaints' IN $parts THEN COLLECT {
  UNWIND [datetime($rested)] AS rested
  MATCH (c)<-[:FOR]-(s:Ticket)
  WHERE s.kind = 'complaint' AND s.opened_at <= t AND {{standing_at s t}} AND (s.closed_at IS NULL OR s.closed_at > rested)
  RETURN s {.ticket_id, .opened_at, .closed_at, .sla_breached, .satisfaction}
  ORDER BY CASE WHEN s.closed_at <= t THEN 1 ELSE 0 END, s.closed_at DESC, s.opened_at DESC, s.ticket_id
  LIMIT 20
} END AS complaints
