INSERT OR REPLACE INTO meta VALUES ('mapping', :path)
