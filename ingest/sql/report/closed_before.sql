-- name: report.closed_before  params: -  relations: entity
-- Tickets and deals that end before they begin: how many of each label, and one of them.
SELECT label, count(*)::BIGINT, min(id)
FROM {{entity}}
WHERE label IN ('Ticket', 'Opportunity')
  AND json_extract_string(body, '$.closed_at')::TIMESTAMPTZ < json_extract_string(body, '$.opened_at')::TIMESTAMPTZ
GROUP BY label
ORDER BY label
