# The schema (sql/*.sql) becomes two C texts, one for each engine:  awk -f gen-schema.awk FILES
# Lines between "-- only sqlite" or "-- only postgres" and "-- both" go to that engine alone.

FNR == 1 { only = "" }
/^-- only (sqlite|postgres)$/ { only = $3; next }
/^-- both$/ { only = ""; next }
/^[ \t]*(--|$)/ { next }
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	if (only != "postgres")
		sqlite = sqlite "    \"" $0 "\\n\"\n"
	if (only != "sqlite")
		postgres = postgres "    \"" $0 "\\n\"\n"
}

END {
	print "/* Made from sql by tools/gen-schema.awk. */"
	print "#include \"store/engine.h\"\n"
	printf "const char schema_sqlite[] =\n%s    \"\";\n\n", sqlite
	printf "const char schema_postgres[] =\n%s    \"\";\n", postgres
}
