-- name: ticket.ratings  params: now  relations: -
-- The range of the ratings of tickets that had been closed by then.
SELECT min(satisfaction) AS worst, max(satisfaction) AS best
FROM node_ticket
WHERE closed_at <= $now AND ended_at IS NULL
