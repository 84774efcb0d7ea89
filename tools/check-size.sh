#!/bin/sh
# check-size.sh [ROOT]: files of src/ and test/ of at most 600 lines (.c) and 200 (.h), functions of at most 60,
# definitions of law/ (not their proofs, nor lists of facts) of at most 200, unless tools/large.txt grants more and says why. Prints `file:line: why` for each fault.
# A function is what clang-format makes of one: its name at the start of a line, braces in the first column.
set -eu
cd "${1:-$(dirname "$0")/..}"

{
	find src $(ls -d test 2>/dev/null) -name '*.[ch]' -not -path 'test/check/*'
	find $(ls -d law 2>/dev/null) -name '*.yaml' -path 'law/*' -not -path '*.ok/*' -not -path '*.no/*' \
		-not -path 'law/coverage/*'
} | LC_ALL=C sort | xargs awk -v table=tools/large.txt '
	function judge(what, size, most, at, kind) {
		seen[what] = 1
		if (what in granted) {
			if (size <= most) {
				print "tools/large.txt:" entry[what] ": " what " has " size " lines and needs no grant"
				bad = 1
			}
			most = granted[what]
		}
		if (size > most) {
			print at ": " kind size " lines; at most " most
			bad = 1
		}
	}
	function end_of_file() {
		if (file != "")
			judge(file, lines, file ~ /\.c$/ ? 600 : 200, file ":" lines, "the file has ")
	}
	BEGIN {
		while ((getline line <table) > 0) {
			row++
			if (line ~ /^#/ || line ~ /^[ \t]*$/)
				continue
			n = split(line, parts, /[ \t]+/)
			granted[parts[1]] = parts[2] + 0
			entry[parts[1]] = row
			if (n < 3) {
				print table ":" row ": a grant needs a reason"
				bad = 1
			}
		}
	}
	FNR == 1 {
		end_of_file()
		file = FILENAME
		name = ""
	}
	{ lines = FNR }
	/^[a-z_][A-Za-z_0-9]*\(/ {
		name = $0
		sub(/\(.*/, "", name)
		begin = FNR
	}
	/^}/ {
		if (name != "")
			judge(file ":" name, FNR - begin + 1, 60, file ":" begin, name "() has ")
		name = ""
	}
	/^[^ \t{}].*;[ \t]*$/ { name = "" }	# a declaration, or a table that ends in column 0
	END {
		end_of_file()
		for (what in granted)
			if (!(what in seen)) {
				print table ":" entry[what] ": there is no " what
				bad = 1
			}
		exit bad
	}'
