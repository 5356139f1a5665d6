-- name: refusal.values  params: dataset  relations: values
SELECT $dataset AS dataset, __seq AS seq, __bad AS reason FROM {{values}} WHERE __bad IS NOT NULL
