-- name: identity.too_frequent  params: dataset, label, most  relations: match
SELECT DISTINCT $dataset AS dataset, $label || ' match' AS field,
    'stands ' || keys || ' times here and ' || entities || ' times there: too often to identify anyone' AS note,
    replace(value, chr(31), ' + ') AS text, keys AS rows
FROM {{match}} WHERE keys > $most OR entities > $most
