#!/bin/sh
# check-words.sh [ROOT]: Chinese stands in string literals only where tools/chinese.txt allows it or, outside
# src/web, as the message of a fail() (why the world failed us, for the administrator); what the pages say is in
# src/web/words.zh.txt, every reason of a refusal too. And no comment says TODO without owner and date,
# `TODO(li, 2026-12-01)`, or after that date. Prints `file:line: why`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/..}"
pages=$(find src/web -name '*.[ch]' | LC_ALL=C sort)
others=$(find src -path src/web -prune -o -name '*.[ch]' -print | LC_ALL=C sort)
bad=0

literals() { # as file:line:text
	LC_ALL=C awk -v mode=text -v but=fail -f "$here/c-lines.awk" $others
	LC_ALL=C awk -v mode=text -f "$here/c-lines.awk" $pages
}

# By bytes: in UTF-8 what is from U+3000 to U+9FFF or U+F900 to U+FFEF begins with one of these.
literals | LC_ALL=C awk -v table=tools/chinese.txt '
	BEGIN {
		while ((getline line <table) > 0) {
			if (line ~ /^#/ || line ~ /^[ \t]*$/)
				continue
			sub(/[ \t].*/, "", line)
			allowed[++n] = line
		}
	}
	/[\343-\351\357]/ {
		split($0, parts, ":")
		own = parts[1]
		sub(/^src\//, "", own)
		for (i = 1; i <= n; i++)
			if (own == allowed[i] || (allowed[i] ~ /\/$/ && index(own, allowed[i]) == 1))
				next
		print parts[1] ":" parts[2] ": Chinese in a string literal (tools/chinese.txt)"
		bad = 1
	}
	END { exit bad }' || bad=1

today=$(date +%F)
find . -type f -not -path './.git*' -not -path './build*' -not -path './var/*' -not -path './test/check/*' -not -path './tools/check-words.sh' \
	-not -path '*/node_modules/*' | LC_ALL=C sort |
	xargs grep -nHIwE 'TODO|FIXME|XXX' /dev/null | awk -v today="$today" '
	{
		split($0, parts, ":")
		where = substr(parts[1], 3) ":" parts[2]
		if (match($0, /TODO\([a-z]+, [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]\)/)) {
			day = substr($0, RSTART + RLENGTH - 11, 10)
			if (day >= today)
				next
			print where ": its day has passed: " day
		} else {
			print where ": neither owner nor date: TODO(li, 2026-12-01)"
		}
		bad = 1
	}
	END { exit bad }' || bad=1
exit $bad
