#!/bin/sh
# The list of what is asked (law/coverage/) against the requirements themselves: each id of their tables is there
# exactly once, with the nature or code they give it, and under a title of at most 20 characters that no other id
# of its kind has. The list's own form is judged also where the requirements are absent.
set -u
cd "$(dirname "$0")/../.."
passed=0 failed=0 skipped=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

judge() { # judge WHAT FILE: the file should be empty
	if [ -s "$2" ]; then
		echo "FAILED $1"
		cat "$2"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

# `S207 L 任务台账`; `-` where the kind has no letters.
LC_ALL=C awk '
	/^  [SPRN][0-9]+: \{ title: / {
		id = $1
		sub(/:$/, "", id)
		letters = "-"
		if (match($0, /(nature|code|use): [A-Z]+/)) {
			letters = substr($0, RSTART, RLENGTH)
			sub(/^.*: /, "", letters)
		}
		title = $0
		sub(/^.*\{ title: "?/, "", title)
		sub(/"?(, (nature|code|use): [A-Z]+)? \}$/, "", title)
		print id, letters, title
		next
	}
	/^(#|coverage: |items:)/ { next }
	{ print FILENAME ":" FNR ": not of the form `  S1: { title: 标题, nature: L }`" >"/dev/stderr" }
' law/coverage/*.yaml >"$work/listed" 2>"$work/form"
judge 'every line has the one form' "$work/form"

cut -d' ' -f1 "$work/listed" | LC_ALL=C sort | uniq -d >"$work/twice"
judge 'no id twice' "$work/twice"
LC_ALL=C awk '
	{
		kind = substr($1, 1, 1)
		title = $0
		sub(/^[^ ]+ [^ ]+ /, "", title)
		if (seen[kind title]++)
			print $1 ": another one has this title: " title
		letters = title
		gsub(/[\200-\277]/, "", letters)
		if (length(letters) > 20 || length(letters) < 2)
			print $1 ": " length(letters) " characters: " title
	}' "$work/listed" >"$work/titles"
judge 'titles short and distinct' "$work/titles"

requirements=${SHARED:-}/requirements.md
if [ -z "${SHARED:-}" ]; then
	skipped=1
else
	# Rows of the tables, and the headings of procedures; the letters stand in the column of their kind.
	awk -F'|' '
		function trim(s) { gsub(/^ +| +$/, "", s); return s }
		/^\| *S[0-9]+ *\|/ { letters = $5; gsub(/ /, "", letters); print trim($2), letters }
		/^\| *R[0-9]+ *\|/ { print trim($2), trim($6) }
		/^\| *N[0-9]+ *\|/ {
			letters = ""
			if ($6 ~ /(^|[ ;+])T([ ;:,]|$)/) letters = letters "T"
			if ($6 ~ /(^|[ ;+])S([ ;:,]|$)/) letters = letters "S"
			if ($6 ~ /(^|[ ;+])C([ ;:,]|$)/) letters = letters "C"
			print trim($2), letters
		}
		/^\*\*P[0-9]+ / { print substr($0, 3, index($0, " ") - 3), "-" }
	' "$requirements" | LC_ALL=C sort >"$work/asked"
	cut -d' ' -f1,2 "$work/listed" | LC_ALL=C sort | diff - "$work/asked" >"$work/differ"
	judge 'the same ids and letters as the requirements' "$work/differ"
	[ "$(wc -l <"$work/asked")" -eq 702 ] || echo "the requirements have $(wc -l <"$work/asked") ids" >"$work/count"
	touch "$work/count"
	judge 'the requirements were read whole' "$work/count"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
