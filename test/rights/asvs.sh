# Sourced by run.sh: the table of docs/security.md names every requirement of levels 1 and 2 once, and every file and
# test it names is there.

expect "every file of the table is there" "$(grep '^| V' docs/security.md | grep -o '`[^`]*/[^`]*`\|`[A-Za-z.]*`' | tr -d '`' |
	grep -E '^(src|test|tools|docs|law|sql)/|^[A-Z][A-Za-z.]*$|^meson.build$' | sort -u |
	while read -r file; do [ -e "$file" ] || echo "$file"; done)" ""
expect "no requirement stands twice" "$(grep -o '^| V[0-9.]*' docs/security.md | sort | uniq -d)" ""
expect "each says how it stands" "$(grep '^| V' docs/security.md | grep -cvE '^\| V[0-9.]+ \| [^|]+ \| (yes|part|NO|n/a) \| ')" 0
asvs=$(ls ../shared/data/asvs/*.csv 2>/dev/null | head -n 1)
if [ -n "$asvs" ]; then
	python3 -c 'import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    if row["L"] in "12": print(row["req_id"])' "$asvs" | sort >"$work/asked"
	grep -o '^| V[0-9.]*' docs/security.md | cut -c 3- | sort >"$work/answered"
	expect "every requirement of levels 1 and 2 is in the table" "$(diff "$work/asked" "$work/answered")" ""
else
	echo "skipped: ../shared/data is absent"
fi
