-- name: identity.unclear  params: dataset, label  relations: match
SELECT $dataset AS dataset, $label AS label, key, value AS shown,
    'stands ' || keys || ' times here and ' || entities || ' times there' AS reason, ids AS candidates
FROM {{match}} WHERE keys > 1 OR entities > 1
