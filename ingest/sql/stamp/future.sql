-- name: stamp.future  params: now, wall, horizon  relations: stamp
SELECT dataset, seq,
    field || ': `' || left(moment, 10) || '` is in the future, after the company''s now (`' || left($now, 10)
    || '`); ' || CASE WHEN moment > $wall THEN 'correct the date'
        ELSE 'if it is true, load with --exported-at ' || left(moment, 10) || ' or a later day, else correct it'
    END AS reason
FROM {{stamp}}
WHERE moment > CASE WHEN kind = 'start' OR arranged THEN $horizon WHEN live THEN $wall ELSE $now END
