#!/bin/bash
# check-analysis.sh [ROOT | --all]: gcc -fanalyzer and clang --analyze on files of src/. What they find is mended, or
# stands in tools/analysis.txt with its reason. Without an argument only the files that differ from the commit before
# are looked at, at most 40 of them: all of them (make analyse) take three minutes. With --all, and in a tree ROOT of
# its own, an entry that nothing needs is a fault too. Prints `file:line:column: why [rule]` for each fault.
set -u
most=40 whole=yes

# 20,000 steps a function: with ten times as many clang takes ten times as long and says the same. Its reports
# across files are let out only in a form with the way there, which is cut off again.
both() { # both FILE: what the two say of it, from within build-clang
	local known='-include ../tools/analysis.h'
	[[ $1 != src/web/* && $1 != src/api/* ]] || known+=' -DANALYSIS_WEB'
	# Who defines what analysis.h speaks of.
	! grep -qE '^((word_)?fail|view_ok)\(' "../$1" || known=
	[ -f ../tools/analysis.h ] || known=
	# shellcheck disable=SC2086 # they are words
	{
		gcc -fanalyzer -O0 -fdiagnostics-plain-output @places $known -c -o /dev/null "../$1"
		clang --analyze -Xclang -analyzer-config -Xclang max-nodes=20000 -Xclang -analyzer-output=text \
			-fno-caret-diagnostics -fno-color-diagnostics @places $known -o /dev/null "../$1"
	} 2>&1 | grep -E '(warning|error): ' | sed -E "s|^(\.?\.?/)*||; s|^cc1: |$1:1:1: |"
}
export -f both

if [ -n "${1:-}" ] && [ "$1" != --all ]; then
	cd "$1" || exit 1
	build=$(mktemp -d build-clang.XXXXXX)
	trap 'rm -rf "$PWD/$build"' EXIT
	echo '-std=gnu17' >"$build/places"
else
	cd "$(dirname "$0")/.." || exit 1
	. tools/clang-build.sh || exit 1
	build=build-clang
fi
files=$(find src -name '*.c' | LC_ALL=C sort)
if [ $# -eq 0 ]; then
	whole=
	files=$({ git diff --name-only HEAD^ -- src; git ls-files --others --exclude-standard src; } |
		grep '\.c$' | LC_ALL=C sort -u | while read -r f; do [ ! -f "$f" ] || echo "$f"; done)
	if [ "$(wc -l <<<"$files")" -gt "$most" ]; then
		echo "analysis: only $most of $(wc -l <<<"$files") changed files; make analyse looks at all"
		files=$(head -n "$most" <<<"$files")
	fi
fi
[ -n "$files" ] || exit 0

(cd "$build" && xargs -P "$(nproc)" -I{} bash -c 'both "$1"' _ {} <<<"$files") | LC_ALL=C sort -u |
	awk -v table=tools/analysis.txt -v whole="$whole" '
	function tell(what) {
		print what | "LC_ALL=C sort"
		bad = 1
	}
	BEGIN {
		while ((getline line <table) > 0) {
			n++
			if (line ~ /^#/ || line == "")
				continue
			if (split(line, part, /[ \t]+/) < 3) {
				tell(table ":" n ": `file rule reason` is what an entry says")
				continue
			}
			entry[part[1] " " part[2]] = n
		}
	}
	{
		file = $0
		sub(/:.*/, "", file)
		rule = $0
		sub(/.*\[(-W)?/, "", rule)
		sub(/\].*/, "", rule)
		used[file " " rule] = 1
		if (file " " rule in entry)
			next
		sub(/ \[CWE-[0-9]+\]/, "")
		tell($0)
	}
	END {
		for (e in entry)
			if (whole && !(e in used))
				tell(table ":" entry[e] ": nothing needs " e " any more")
		close("LC_ALL=C sort")
		exit bad
	}'
