-- The index of the search: may lag behind the record and the statute library and is made again
-- from them. What is of a collection (log '') was imported from outside for reference and stands
-- here only; it is imported again.
--
-- A unit is at most 2,000 characters of one subject; its id is made of where it comes from, so
-- that the same text has the same id on every engine and after every rebuild, and the order of
-- the ids is the order in which matches are looked at: a log's newest first, then statutes,
-- then collections.

CREATE TABLE IF NOT EXISTS search_unit (
	id INTEGER NOT NULL PRIMARY KEY,
	log TEXT NOT NULL,
	subject TEXT NOT NULL,
	scope TEXT NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	place TEXT NOT NULL,
	day INTEGER NOT NULL,
	to_day INTEGER NOT NULL,
	body TEXT NOT NULL,
	marks TEXT NOT NULL
) STRICT;

-- Up to where each log is indexed, and by what rules: definitions and the cutting of text.
CREATE TABLE IF NOT EXISTS search_cursor (
	log TEXT NOT NULL PRIMARY KEY,
	n INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	rules TEXT NOT NULL
) STRICT;

-- Tokens are cut before they come here (lang/cut.h); the engines only match them. Neither
-- positions nor columns are kept: how near and how often is asked of the text itself.

-- only sqlite
CREATE VIRTUAL TABLE IF NOT EXISTS search_match USING fts5(tokens, content='', columnsize=0,
	detail=none, tokenize='ascii');
-- only postgres
CREATE TABLE IF NOT EXISTS search_match (
	id BIGINT NOT NULL PRIMARY KEY,
	tokens TSVECTOR NOT NULL
);
CREATE INDEX IF NOT EXISTS search_match_tokens ON search_match USING gin (tokens)
	WITH (fastupdate = off);
-- both
