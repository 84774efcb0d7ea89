#!/bin/sh
# check-format.sh [ROOT]: what clang-format would change. Prints `file:line: why` for each place.
set -eu
cd "${1:-$(dirname "$0")/..}"
faults=$(find src $(ls -d test 2>/dev/null) -name '*.[ch]' -not -path 'test/check/*' -not -path 'test/fuzz/seeds/*' | LC_ALL=C sort |
	xargs clang-format --style=file --dry-run 2>&1 |
	sed -nE 's/^([^:]+:[0-9]+):[0-9]+: (warning|error): code should be clang-formatted.*/\1: clang-format would change this/p' |
	LC_ALL=C sort -u -t: -k1,1 -k2,2n)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
