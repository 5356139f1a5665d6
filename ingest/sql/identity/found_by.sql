-- name: identity.found_by  params: other, field  relations: lookup_value
-- Values by which entities are found, where those that stand behind the first of a cell count as the first: unless
-- such a value is the first of any entity, for then it means that one.
SELECT label, CASE WHEN field = ANY($other) THEN $field[list_position($other, field)] ELSE field END AS field, value, id, rule
FROM {{lookup_value}} v
WHERE NOT field = ANY($other) OR NOT EXISTS (
  SELECT 1 FROM {{lookup_value}} o
  WHERE o.label = v.label AND o.field = $field[list_position($other, v.field)] AND o.value = v.value)
