SELECT DISTINCT record, key FROM change WHERE state = 'waiting' ORDER BY record, key
