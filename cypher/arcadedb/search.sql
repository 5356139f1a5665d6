DROP INDEX customer_names IF EXISTS;
CREATE PROPERTY Customer.name_words IF NOT EXISTS STRING;
CREATE PROPERTY Customer.short_name_words IF NOT EXISTS STRING;
CREATE INDEX customer_words IF NOT EXISTS ON Customer (name_words, short_name_words) FULL_TEXT METADATA {"analyzer":"org.apache.lucene.analysis.core.WhitespaceAnalyzer"};
