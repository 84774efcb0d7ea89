#!/bin/sh
# check-layers.sh [ROOT]: every #include "folder/file.h" in src/ must be allowed by tools/layers.txt.
# Prints `file:line: why` for each that is not, and for each folder of src/ that the table does not know.
set -eu
cd "${1:-$(dirname "$0")/..}"

find src -name '*.[ch]' | LC_ALL=C sort | xargs awk -v table=tools/layers.txt '
	BEGIN {
		while ((getline line <table) > 0) {
			if (line ~ /^#/ || line !~ /:/)
				continue
			folder = line
			sub(/:.*/, "", folder)
			sub(/^[^:]*:[ \t]*/, "", line)
			known[folder] = 1
			n = split(line, parts, /[ \t]+/)
			for (i = 1; i <= n; i++)
				allowed[folder, parts[i]] = 1
		}
	}
	FNR == 1 {
		own = FILENAME
		sub(/^src\//, "", own)
		if (own ~ /\//)
			sub(/\/[^\/]*$/, "", own)
		if (!(own in known)) {
			print FILENAME ":1: tools/layers.txt does not say what " own " may include"
			bad = 1
		}
	}
	/^[ \t]*#[ \t]*include[ \t]*"/ {
		header = $0
		sub(/^[^"]*"/, "", header)
		sub(/".*/, "", header)
		folder = header
		if (!sub(/\/[^\/]*$/, "", folder)) {
			print FILENAME ":" FNR ": \"" header "\" must be included with its folder"
			bad = 1
		} else if (folder != own && !((own, folder) in allowed) && !((own, header) in allowed)) {
			print FILENAME ":" FNR ": " own " may not include " header
			bad = 1
		}
	}
	END { exit bad }'
