CREATE VERTEX TYPE Customer IF NOT EXISTS;
CREATE PROPERTY Customer.name IF NOT EXISTS STRING;
CREATE PROPERTY Customer.short_name IF NOT EXISTS STRING;
CREATE INDEX customer_names IF NOT EXISTS ON Customer (name, short_name) FULL_TEXT METADATA {"analyzer":"org.apache.lucene.analysis.cjk.CJKAnalyzer"};
