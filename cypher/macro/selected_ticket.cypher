// macro: selected_ticket  arguments: ticket, customer, moment  params: open, kinds, statuses, priorities, categories, breached, opened_from, opened_until, closed_from, closed_until
// A ticket that stands at the moment and answers to the filter; what is null, or a list that is empty, narrows nothing.
ticket.opened_at <= moment AND {{standing_at ticket moment}} AND {{standing_at customer moment}}
AND ($open IS NULL OR $open = (ticket.closed_at IS NULL OR ticket.closed_at > moment))
AND (size($kinds) = 0 OR ticket.kind IN $kinds)
AND (size($statuses) = 0 OR ticket.status IN $statuses)
AND (size($priorities) = 0 OR ticket.priority IN $priorities)
AND (size($categories) = 0 OR ticket.category IN $categories)
AND ($breached IS NULL OR coalesce(ticket.sla_breached, false) = $breached)
AND ($opened_from IS NULL OR ticket.opened_at >= datetime($opened_from))
AND ($opened_until IS NULL OR ticket.opened_at < datetime($opened_until))
AND ($closed_from IS NULL AND $closed_until IS NULL OR ticket.closed_at <= moment)
AND ($closed_from IS NULL OR ticket.closed_at >= datetime($closed_from))
AND ($closed_until IS NULL OR ticket.closed_at < datetime($closed_until))
