-- name: entity.kind  params: id, body  relations: -
SELECT 'node' AS kind, 'ItemKind' AS name, NULL AS start_label, NULL AS end_label, 'ItemKind|' || $id AS item, $body AS body
