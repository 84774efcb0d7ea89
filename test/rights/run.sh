#!/bin/bash
# Who may open what, on every route of src/web/pages/routes.c: a stranger is sent to the login page, a post without
# the session's token is refused, and rights.txt says what the accounts of the demo county may open. No address of a
# matter tells a stranger anything. At the end the record verifies and a rebuild gives the same tables.
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/suite.sh

store=sqlite:$work/zhunsheng.db
adopt "$store"
serve main "$store"
base=$base_main

for who in sifa zhengfuban danwei1 xitong anquan shenji; do
	expect "login of $who" \
		"$(status -c "$work/$who" -d "login=$who" -d "password=$(password $who)" "$base/login")" 303
done

# method, path, "open" or nothing: one line for each route but the page of components
awk '/\.style = true/ { next }
	match($0, /HTTP_(GET|POST), "[^"]*"/) {
		split(substr($0, RSTART, RLENGTH), part, "\"")
		method = part[1] ~ /GET/ ? "GET" : "POST"
		row = $0
		if (row !~ /},?[ \t]*$/) { getline; row = row $0 }
		if (row ~ /\.style = true/) next
		gsub(/{[^}]*}/, "1", part[2])
		print method, part[2], (row ~ /\.open = true/ ? "open" : "closed")
	}' src/web/pages/routes.c >"$work/routes"
expect "routes found" "$([ "$(wc -l <"$work/routes")" -gt 20 ] && echo many)" many

while read -r method path kind; do
	if [ "$method" = GET ] && [ "$kind" = closed ]; then
		expect "stranger GET $path" "$(status "$base$path")" 303
	elif [ "$method" = POST ] && [ "$kind" = closed ]; then
		got=$(status -d 'x=1' "$base$path")
		expect "stranger POST $path" "$([ "$got" = 303 ] || [ "$got" = 403 ] && echo refused)" refused
		expect "no token POST $path" "$(status -b "$work/sifa" -d 'x=1' "$base$path")" 403
	fi
done <"$work/routes"

while read -r who path wanted; do
	[[ -z $who || $who = \#* ]] && continue
	expect "$who GET $path" "$(status -b "$work/$who" "$base$path")" "$wanted"
done <test/rights/rights.txt

. test/rights/post.sh
. test/rights/sealed.sh
. test/rights/uploads.sh
. test/rights/original.sh
. test/rights/headers.sh
. test/rights/account.sh
. test/rights/tokens.sh
. test/rights/limits.sh
. test/rights/asvs.sh

PYTHONDONTWRITEBYTECODE=1 python3 test/rights/matrix.py "$base" "$binary" "$store" law "$work/accounts" >"$work/matrix" 2>&1
counted "$work/matrix"

mkdir "$work/worlds"
PYTHONDONTWRITEBYTECODE=1 python3 test/rights/worlds.py "$binary" law "$work/worlds" >"$work/pairs" 2>&1
counted "$work/pairs"

stop main INT
"$binary" record verify --store "$store" >"$work/log" 2>&1
expect "the record verifies" $? 0
"$binary" record rebuild --check --store "$store" >"$work/log" 2>&1
expect "rebuild equals live" $? 0
summary
