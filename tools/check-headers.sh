#!/bin/sh
# check-headers.sh [ROOT]: each foreign header is included by its one file (tools/foreign.txt), and the functions
# of tools/calls.txt are called only where that table says. Prints `file:line: why` for each fault.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/..}"
files=$(find src -name '*.[ch]' | LC_ALL=C sort)
bad=0

awk -v table=tools/foreign.txt '
	function matches(header, pattern) {
		if (pattern ~ /\*$/)
			return index(header, substr(pattern, 1, length(pattern) - 1)) == 1
		return header == pattern
	}
	BEGIN {
		while ((getline line <table) > 0) {
			if (line ~ /^#/ || line ~ /^[ \t]*$/)
				continue
			n = split(line, parts, /[ \t]+/)
			if (parts[1] == "free:") {
				for (i = 2; i <= n; i++)
					free[parts[i]] = 1
			} else {
				owners[parts[1]] = owners[parts[1]] " " parts[2]
			}
		}
	}
	/^[ \t]*#[ \t]*include[ \t]*</ {
		header = $0
		sub(/^[^<]*</, "", header)
		sub(/>.*/, "", header)
		file = FILENAME
		sub(/^src\//, "", file)
		ok = 0
		may = ""
		for (pattern in free)
			ok = ok || matches(header, pattern)
		for (pattern in owners)
			if (matches(header, pattern))
				may = may owners[pattern]
		if (ok || index(may " ", " " file " "))
			next
		print FILENAME ":" FNR ": <" header "> " \
		    (may == "" ? "is not in tools/foreign.txt" : "belongs to" may " alone")
		bad = 1
	}
	END { exit bad }' $files || bad=1

awk -v mode=code -f "$here/c-lines.awk" $files | awk -v table=tools/calls.txt '
	BEGIN {
		while ((getline line <table) > 0) {
			if (line ~ /^#/ || line ~ /^[ \t]*$/)
				continue
			split(line, parts, /[ \t]+/)
			where[parts[1]] = parts[2]
			sub(/^[^ \t]+[ \t]+[^ \t]+[ \t]+/, "", line)
			why[parts[1]] = line
		}
	}
	{
		# file:line:code
		file = $0
		sub(/:.*/, "", file)
		at = substr($0, length(file) + 2)
		line = at
		sub(/:.*/, "", line)
		rest = substr(at, length(line) + 2)
		while (match(rest, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
			name = substr(rest, RSTART, RLENGTH - 1)
			before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
			rest = substr(rest, RSTART + RLENGTH)
			sub(/[ \t]+$/, "", name)
			# A member that happens to share the name (->time) is not the function.
			if (!(name in where) || before == "." || before == ">")
				continue
			own = file
			sub(/^src\//, "", own)
			ok = 0
			n = split(where[name], places, ",")
			for (i = 1; i <= n; i++)
				ok = ok || own == places[i] ||
				    (places[i] ~ /\/$/ && index(own, places[i]) == 1)
			if (!ok) {
				print file ":" line ": " name "() may not be called here: " why[name]
				bad = 1
			}
		}
	}
	END { exit bad }' || bad=1
exit $bad
