-- name: stamp.future  params: now, wall, horizon  relations: stamp
SELECT dataset, seq,
    field || ': `' || left(moment, 10) || '` is in the future, after the company''s now (`' || left($now, 10)
    || '`); correct the date, or declare when the export was made (exported_at)' AS reason
FROM {{stamp}}
WHERE moment > CASE WHEN kind = 'start' OR arranged THEN $horizon WHEN live THEN $wall ELSE $now END
