#!/bin/sh
# check-generic.sh [ROOT]: the engine knows no module. In src/ no string literal is the id of a definition of law/
# (but for law/kernel/, which the engine itself reads; web/pages/ and cli/ may be tailor-made), and neither src/
# nor law/ holds a proper name of tools/names.txt. tools/generic.txt excuses single literals, with the reason.
# Prints `file:line: why` for each fault.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/..}"
files=$(find src -name '*.[ch]' -not -path 'src/web/pages/*' -not -path 'src/cli/*' | LC_ALL=C sort)
ids=$(mktemp)
trap 'rm -f "$ids"' EXIT
bad=0

if [ -d law ]; then
	find law -name '*.yaml' -not -path 'law/kernel/*' -not -path '*.ok/*' -not -path '*.no/*' |
		LC_ALL=C sort | xargs -r sed -nE \
		's/^(register|procedure|table|document|report): *([A-Za-z0-9_-]+) *$/\2/p' >"$ids"
fi
awk -v mode=text -f "$here/c-lines.awk" $files | awk -v ids="$ids" -v table=tools/generic.txt '
	BEGIN {
		while ((getline id <ids) > 0)
			defined[id] = 1
		while ((getline line <table) > 0) {
			if (line ~ /^#/ || line ~ /^[ \t]*$/)
				continue
			n = split(line, parts, /[ \t]+/)
			if (n >= 3)
				excused[parts[1], parts[2]] = 1
		}
	}
	{
		file = $0
		sub(/:.*/, "", file)
		rest = substr($0, length(file) + 2)
		line = rest
		sub(/:.*/, "", line)
		text = substr(rest, length(line) + 2)
		if (text in defined && !((file, text) in excused)) {
			print file ":" line ": \"" text "\" is the id of a definition: the engine may not know it"
			bad = 1
		}
	}
	END { exit bad }' || bad=1

names=$(grep -vE '^(#|$)' tools/names.txt)
places=src
[ ! -d law ] || places='src law'
if grep -rnFH -e "$names" $places | sed -E 's/^([^:]*:[0-9]+):.*/\1: a proper name of tools\/names.txt/' |
	grep .; then
	bad=1
fi
exit $bad
