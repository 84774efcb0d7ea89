#!/bin/sh
# check-vocabulary.sh [ROOT]: the ledger of the language of law/. A keyword is what the
# loaders admit, the first string of a row of shapes in src/ (scenarios have a language of their own); it must be used by at least two definitions (scenarios and must-fail files do not count),
# or tools/vocabulary.txt says why it waits for its second user. Prints
# `file:line: why` for each fault; with LEDGER=1 also every keyword with the number of definitions that use it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/..}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

find src -name '*.c' -not -name 'scenario*' | LC_ALL=C sort |
	xargs awk 'match($0, /^\t\{ "[a-z_-]+", SHAPE_/) {
		print FILENAME ":" FNR ":" substr($0, 5, RLENGTH - 13)
	}' >"$work/keywords"
find law -name '*.yaml' -not -path '*.ok/*' -not -path '*.no/*' \
	-not -path 'law/coverage/*' | LC_ALL=C sort >"$work/definitions"

xargs awk -v keywords="$work/keywords" -v table=tools/vocabulary.txt -v all="${LEDGER:-}" '
	function counted(word) {
		if (!((word, FILENAME) in seen)) {
			seen[word, FILENAME] = 1
			users[word]++
		}
	}
	BEGIN {
		while ((getline line <keywords) > 0) {
			split(line, parts, ":")
			if (!(parts[3] in where)) {
				where[parts[3]] = parts[1] ":" parts[2]
				order[++n] = parts[3]
			}
		}
		while ((getline line <table) > 0) {
			row++
			if (line ~ /^#/ || line ~ /^[ \t]*$/)
				continue
			split(line, parts, /[ \t]+/)
			waits[parts[1]] = row
		}
	}
	{
		# A key is a word before a colon: at the start, after a dash, a brace or a comma.
		rest = $0
		sub(/^[ \t]*#.*/, "", rest)
		while (match(rest, /(^|[ \t{,])[a-z_-]+:( |$)/)) {
			word = substr(rest, RSTART, RLENGTH)
			rest = substr(rest, RSTART + RLENGTH - 1)
			gsub(/[^a-z_-]/, "", word)
			counted(word)
		}
	}
	END {
		for (i = 1; i <= n; i++) {
			word = order[i]
			if (all != "")
				printf "%-14s %3d\n", word, users[word]
			if (users[word] >= 2 && word in waits) {
				print table ":" waits[word] ": `" word "` has " users[word] " users and waits no longer"
				bad = 1
			} else if (users[word] < 2 && !(word in waits)) {
				print where[word] ": the keyword `" word "` is used by " users[word] + 0 \
				    " definition" (users[word] == 1 ? "" : "s") " and needs two"
				bad = 1
			}
		}
		for (word in waits)
			if (!(word in where)) {
				print table ":" waits[word] ": there is no keyword `" word "`"
				bad = 1
			}
		exit bad
	}' <"$work/definitions" || bad=1
exit $bad
