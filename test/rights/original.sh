# Sourced by run.sh: the file of a plan is kept as it came in, for who keeps plans or reads the record.

plan_file() { # of the plan's page in $work/body
	sed -n 's|.*href="\(/m/plans/[0-9]*/file/[0-9a-f]*\)".*|\1|p' "$work/body" | head -n 1
}
same() { # same WHAT FILE: it is what the last answer brought
	expect "$1" "$(cmp -s "$work/body" "$2" && echo same || echo other)" same
}

adopted=$(curl -s -b "$work/sifa" "$base/plan" | sed -n 's|.*href="\(/plan/[0-9][0-9]*\)".*|\1|p' | head -n 1)
status -b "$work/sifa" "$base$adopted" >/dev/null
kept=$(plan_file)
expect "who keeps plans has the file" "$(status -b "$work/sifa" "$base$kept")" 200
same "it is the file that was adopted" demo/plan.txt
expect "who reads the record too" "$(status -b "$work/zhengfuban" "$base$kept")" 200
expect "a unit has not" "$(status -b "$work/danwei1" "$base$kept")" 403
status -b "$work/danwei1" "$base$adopted" >/dev/null
no_text "and is not led to it" "/file/"

# The same through the pages, with a word put right on the way.
sed 's/2026—2030年/2027—2031年/' demo/plan.txt >"$work/试行.txt"
expect "a plan is read" "$(post sifa /plan/import /plan/import -F "file=@$work/试行.txt")" 303
draft=$(led_to)
expect "the review gives the file" "$(status -b "$work/sifa" "$base$draft/file")" 200
same "the review gives the file" "$work/试行.txt"
expect "not to a unit" "$(status -b "$work/danwei1" "$base$draft/file")" 403
field() { sed -n "s/.*name=\"$1\".* value=\"\([^\"]*\)\".*/\1/p" "$work/body" | head -n 1; }
status -b "$work/sifa" "$base$draft/confirm" >/dev/null
title=$(field title)
expect "it is adopted" "$(post sifa "$draft/confirm" "$draft/confirm" --form-string "title=$title" \
	--form-string kind=plan --form-string level=county --form-string "office=units/$mine" --form-string first-leads= \
	--form-string outer=2030-12-31 --form-string mode=registered)" 303
status -b "$work/sifa" "$base$(led_to)" >/dev/null
kept=$(plan_file)
expect "its file is kept" "$(status -b "$work/sifa" "$base$kept")" 200
same "its file is kept" "$work/试行.txt"
