// fragment: customer_part.complaints  params: parts, recent
// Complaints that are open, and those closed since `recent`, the newest first.
CASE WHEN 'complaints' IN $parts THEN COLLECT {
  UNWIND [datetime($recent)] AS recent
  MATCH (c)<-[:FOR]-(s:Ticket)
  WHERE s.kind = 'complaint' AND s.opened_at <= t AND {{standing_at s t}} AND (s.closed_at IS NULL OR s.closed_at > recent)
  RETURN s {.ticket_id, .opened_at, .closed_at, .sla_breached, .satisfaction}
  ORDER BY s.opened_at DESC, s.ticket_id
  LIMIT 20
} END AS complaints
