# Named statements (sql/stmt/*.sql) become C:  awk -v out=h|c -f gen-stmt.awk FILES
#
#     -- name: EVENT_GET   what it is for
#     SELECT ... WHERE log = ?1 AND seq = ?2;
#     -- postgres: FOR UPDATE          appended on PostgreSQL only; say why beside it
#
# Lines between "-- only sqlite" or "-- only postgres" and "-- both" go to that engine alone, as in the schema.
# A statement ends where the next one is named; other lines that begin with -- are comments.

function die(message)
{
	printf "%s:%d: %s\n", FILENAME, FNR, message > "/dev/stderr"
	failed = 1
	exit 1
}

function parameters(text,    most, n)
{
	most = 0
	while (match(text, /\?[0-9]+/)) {
		n = substr(text, RSTART + 1, RLENGTH - 1) + 0
		if (n > most)
			most = n
		text = substr(text, RSTART + RLENGTH)
	}
	return most
}

function literal(text)
{
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}

function finish()
{
	if (name == "")
		return
	if (only != "")
		die(name " ends inside -- only " only)
	sub(/;[ \t]*$/, "", sqlite)
	sub(/;[ \t]*$/, "", postgres)
	if (sqlite == "" || sqlite ~ /;/ || postgres == "" || postgres ~ /;/)
		die(name " must be exactly one statement")
	if (parameters(sqlite) != parameters(postgres))
		die(name " takes other parameters on PostgreSQL")
	names[++count] = name
	sqlites[count] = sqlite
	postgreses[count] = suffix == "" ? postgres : postgres " " suffix
}

/^-- name: / {
	finish()
	name = $3
	sqlite = postgres = suffix = only = ""
	if (name !~ /^[A-Z][A-Z0-9_]*$/)
		die("a name is made of A-Z 0-9 _")
	if (name in seen)
		die(name " is already named in " seen[name])
	seen[name] = FILENAME
	next
}
/^-- postgres: / { suffix = substr($0, 14); next }
/^-- only (sqlite|postgres)$/ { only = $3; next }
/^-- both$/ { only = ""; next }
/^[ \t]*(--|$)/ { next }
{
	if (name == "")
		die("SQL before the first -- name:")
	sub(/^[ \t]+/, "")
	if (only != "postgres")
		sqlite = sqlite == "" ? $0 : sqlite " " $0
	if (only != "sqlite")
		postgres = postgres == "" ? $0 : postgres " " $0
}

END {
	if (failed)
		exit 1
	finish()
	if (out == "h") {
		print "/* Made from sql/stmt by tools/gen-stmt.awk. */"
		print "#pragma once\n\nenum db_stmt {"
		for (i = 1; i <= count; i++)
			print "\tQ_" names[i] ","
		print "\tQ_COUNT_\n};\n"
		print "struct stmt_text {"
		print "\tconst char *name, *sqlite, *postgres;"
		print "\tint parameters;\n};"
		print "extern const struct stmt_text stmt_texts[Q_COUNT_];"
	} else {
		print "/* Made from sql/stmt by tools/gen-stmt.awk. */"
		print "#include \"store/stmt.h\"\n"
		print "const struct stmt_text stmt_texts[Q_COUNT_] = {"
		for (i = 1; i <= count; i++)
			printf "\t[Q_%s] = { \"%s\", %s,\n\t    %s, %d },\n", names[i], names[i],
			    literal(sqlites[i]), literal(postgreses[i]), parameters(sqlites[i])
		print "};"
	}
}
