-- name: stamp.newest_live  params: until  relations: stamp
SELECT max(moment) FROM {{stamp}} WHERE moment <= $until AND live
