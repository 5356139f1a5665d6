// name: derive.parameters  params: as_of  access: read  sees: viewer
// What the last derive up to the moment fitted; where there was none yet, what the first one did.
MATCH (r:Run)
WHERE r.kind = 'derive' AND r.report IS NOT NULL
WITH r, r.finished_at <= datetime($as_of) AS stood
RETURN r.report AS report
ORDER BY CASE WHEN stood THEN 0 ELSE 1 END,
  CASE WHEN stood THEN -r.finished_at.epochMillis ELSE r.finished_at.epochMillis END
LIMIT 1
