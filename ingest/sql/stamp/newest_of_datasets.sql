-- name: stamp.newest_of_datasets  params: until  relations: stamp
-- The newest moment that the rows of each dataset bear.
SELECT dataset, max(moment) AS newest FROM {{stamp}} WHERE moment <= $until AND NOT declared GROUP BY dataset
