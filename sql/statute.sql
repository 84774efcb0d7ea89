-- The statute library of the installation: one for all logs of the store. Its truth is the log
-- `installation/statutes` (act/library.c), whose events hold each text whole and name the file it
-- came from; these three tables are a projection of it, dropped and folded again by
-- `zhunsheng statute rebuild`. A row is a function of the events of its statute alone.

-- `seq` is the newest event about the statute in that log: what an index of texts has seen up to N
-- is stale for the statutes above N. `repealed` is the first day on which it is no longer in force.
CREATE TABLE IF NOT EXISTS statute (
	statute TEXT NOT NULL PRIMARY KEY,
	title TEXT NOT NULL,
	repealed INTEGER NOT NULL,
	repealed_by TEXT NOT NULL,
	seq INTEGER NOT NULL
) STRICT;

-- In force from from_day until the day before to_day (2932897: open). Days that are not known are
-- -9007199254740991.
CREATE TABLE IF NOT EXISTS statute_edition (
	statute TEXT NOT NULL,
	from_day INTEGER NOT NULL,
	to_day INTEGER NOT NULL,
	title TEXT NOT NULL,
	number TEXT NOT NULL,
	issuer TEXT NOT NULL,
	passed INTEGER NOT NULL,
	promulgated INTEGER NOT NULL,
	assumed INTEGER NOT NULL,
	history TEXT NOT NULL,
	flags TEXT NOT NULL,
	file TEXT NOT NULL,
	source TEXT NOT NULL,
	text_digest TEXT NOT NULL,
	articles INTEGER NOT NULL,
	PRIMARY KEY (statute, from_day)
) STRICT;

CREATE TABLE IF NOT EXISTS statute_article (
	statute TEXT NOT NULL,
	from_day INTEGER NOT NULL,
	n INTEGER NOT NULL,
	article TEXT NOT NULL,
	label TEXT NOT NULL,
	part TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (statute, from_day, n)
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS statute_article_key
	ON statute_article (statute, from_day, article);
