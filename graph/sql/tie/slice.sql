-- name: tie.slice  params: begin, end  relations: -
SELECT * FROM tie_kept WHERE rowid >= $begin AND rowid < $end
