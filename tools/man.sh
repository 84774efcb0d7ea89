#!/bin/sh
# man.sh BINARY: zhunsheng(1), with the commands as the program itself lists them, so that none can be missing.
set -eu
cd "$(dirname "$0")/.."
version=$(sed -n "s/^  version : '\(.*\)',/\1/p" meson.build)
"$1" 2>&1 | sed -n 's/^  zhunsheng //p' | LC_ALL=C sort | awk -F '    ' '
	function safe(s) { gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s); return s }
	{ printf ".TP\n.B zhunsheng %s\n%s。\n", safe($1), safe($2) }' >"${TMPDIR:-/tmp}/commands.$$"
sed -e "s/@VERSION@/$version/" -e "/@COMMANDS@/{
r ${TMPDIR:-/tmp}/commands.$$
d
}" packaging/zhunsheng.1.in
rm -f "${TMPDIR:-/tmp}/commands.$$"
