#!/bin/bash
# tsan.sh [SECONDS]: the server under ThreadSanitizer and under load: acts, files, pages, searches and logins through two
# processes on one log, definitions published beside them, then SIGTERM in the middle of it; on both engines. A race in
# our code is a report of the sanitizer and a failure. What libraries do is excused in tools/tsan.txt, each with its
# reason. SECONDS (30) of load for each engine.
set -u
cd "$(dirname "$0")/.." || exit 1
seconds=${1:-30}
tools/install.sh build test
[ -f build-tsan/build.ninja ] ||
	meson setup build-tsan -Db_sanitize=thread -Doptimization=1 -Db_lundef=false >/dev/null || exit 1
ninja -C build-tsan zhunsheng >/dev/null || exit 1
ZHUNSHENG=build-tsan/zhunsheng
. test/suite.sh
. test/operation/common.sh
export TSAN_OPTIONS="suppressions=$PWD/tools/tsan.txt history_size=7 second_deadlock_stack=1"
unset ZS_TEST_PG
need_postgres

loaded() { # loaded STORE NAME
	local pids password officer
	(cd "$work" && "$binary" plan adopt "$OLDPWD/demo/plan.txt" --create-units --store "$1") >"$work/people" 2>"$work/log"
	expect "$2: a county" "$? $(cat "$work/log")" "0 "
	serve one "$1" --checkpoints "$work/$2.one"
	serve two "$1" --checkpoints "$work/$2.two"
	officer=$(token "$1" sifa write)
	password=$(awk '$1 == "sifa" { print $2 }' "$work/people")
	python3 test/operation/mixed.py "$((seconds + 60))" "$officer" sifa "$password" "$work/$2.acts" \
		"$base_one" "$base_two" >"$work/said" &
	pids=$!
	cp -r law "$work/$2.law"
	sed -i 's/title: 联系电话/title: 办公电话/' "$work/$2.law/kernel/persons.register.yaml"
	"$binary" law publish "$work/$2.law" --store "$1" --checkpoints "$work/$2.none" >"$work/log" 2>&1
	expect "$2: published under load" $? 0
	sleep "$seconds"
	stop one
	stop two
	wait "$pids"
	expect "$2: what was answered" "$? $(cat "$work/said")" "0 $(cat "$work/said")"
	expect "$2: there was load" "$([ "$(wc -l <"$work/$2.acts")" -gt 20 ] && echo yes || wc -l <"$work/$2.acts")" yes
	"$binary" record verify --store "$1" >"$work/log" 2>&1
	expect "$2: in order" "$? $(grep -c WARNING "$work/log")" "0 0"
	echo "$2: $(wc -l <"$work/$2.acts") acts, $(cat "$work/said")"
}

loaded "sqlite:$work/county.db" sqlite
loaded "$(database county)" postgres
summary
