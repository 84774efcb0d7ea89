#!/bin/sh
# check-man.sh [ROOT]: groff finds nothing to warn of in the pages of packaging/: no unknown macro, no character that is
# missing, no font left open. Lines that cannot be broken are left out: Chinese has no blanks, and only the reader's
# terminal knows its width. The page with the program's list of commands is held to the same by the operation suite.
set -eu
cd "${1:-$(dirname "$0")/..}"
found=$(for page in packaging/*.1.in; do
	groff -man -ww -W break -T utf8 -K utf8 "$page" 2>&1 >/dev/null | sed "s|^[a-z]*: *||; s|^$page:|&|"
done)
[ -z "$found" ] || { printf '%s\n' "$found"; exit 1; }
