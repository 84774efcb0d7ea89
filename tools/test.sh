#!/bin/bash
# test.sh [SUITE...]: builds the sanitized program, starts a private PostgreSQL and runs the suites, all of them
# or the ones named. A suite is one command whose last line is `N passed, N failed, N skipped`; one that ends
# without that line, with a status other than 0 and no failure counted, or not at all within its minutes,
# counts as one failed. The last line of this script is the sum. Each processor has a suite: they share
# nothing but the databases of the server, where each keeps to its own.
#
# A suite finds in its environment: ZHUNSHENG (the sanitized binary), ZS_TEST_PG (conninfo of the private
# PostgreSQL, whose databases it may make and drop), SHARED (the folder of real data beside the project, or
# empty) and TMPDIR (its own, gone afterwards).
set -u
cd "$(dirname "$0")/.." || exit 1

work=$(mktemp -d /tmp/zhunsheng-test.XXXXXX)
finish() {
	local running
	running=$(jobs -p)
	[ -z "$running" ] || { kill $running; wait; } 2>/dev/null
	tools/pg-temp.sh stop "$work/pg" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

passed=0 failed=0 skipped=0 summary=
sum() { # sum NAME SECONDS LOG STATUS: adds the last line of a suite to the totals
	local last why=
	last=$(tail -n 1 "$3")
	if [[ $last =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
		local p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]} s=${BASH_REMATCH[3]}
		if [ "$4" -ne 0 ] && [ "$f" -eq 0 ]; then
			f=1 why=" (ended with status $4)"
		elif [ "$((p + f + s))" -eq 0 ]; then
			f=1 why=' (ran no test)'
		fi
	else
		local p=0 f=1 s=0 why=" (ended with status $4 and without its counts)"
	fi
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
	summary+=$(printf '%-14s %6d passed %4d failed %4d skipped %5d s%s' "$1" "$p" "$f" "$s" "$2" "$why")$'\n'
}

suite() { # suite NAME MINUTES COMMAND...: runs it, leaving its log, its status and its seconds
	local name=$1 minutes=$2 begin=$SECONDS
	shift 2
	mkdir -p "$work/$name"
	TMPDIR=$work/$name timeout --kill-after=10 "${minutes}m" "$@" >"$work/$name.log" 2>&1 </dev/null &
	trap 'kill $! 2>/dev/null' TERM
	wait $!
	echo $? $((SECONDS - begin)) >"$work/$name.ended"
}

running=()
ended() { # prints the suites that ended since it was last asked, and counts them
	local name status seconds still=()
	for name in "${running[@]}"; do
		if [ ! -f "$work/$name.ended" ]; then
			still+=("$name")
			continue
		fi
		read -r status seconds <"$work/$name.ended"
		echo "== $name"
		tail -n "$([ "$status" -eq 0 ] && echo 3 || echo 200)" "$work/$name.log"
		sum "$name" "$seconds" "$work/$name.log" "$status"
	done
	running=("${still[@]}")
}

begin() { # begin NAME MINUTES COMMAND...: as soon as a processor is free
	[ -z "$wanted" ] || [[ " $wanted " == *" $1 "* ]] || return
	while [ ${#running[@]} -ge "$(nproc)" ]; do
		wait -n
		ended
	done
	running+=("$1")
	suite "$@" &
}

needs_failed() { # what could not be had is a failure, never a skip
	printf '%s\n' "$1"
	echo "0 passed, 1 failed, 0 skipped"
	exit 1
}

wanted=$*
tools/install.sh build test || needs_failed 'what the tests need could not be installed'

[ -f build-test/build.ninja ] ||
	meson setup build-test -Db_sanitize=address,undefined -Doptimization=1 >"$work/setup.log" 2>&1 ||
	{ cat "$work/setup.log"; needs_failed 'meson setup failed'; }
ninja -C build-test >"$work/build.log" 2>&1 ||
	{ grep -vE '^\[[0-9]+/[0-9]+\]' "$work/build.log" | tail -n 60; needs_failed 'the build failed'; }

# What users run is the other build, optimized, where the compiler sees more: it must build as well.
make --no-print-directory all >"$work/build.log" 2>&1 ||
	{ grep -E 'error|warning' "$work/build.log" | tail -n 20; needs_failed 'the program that users run does not build'; }

export ZHUNSHENG=$PWD/build-test/zhunsheng
export SHARED=
[ ! -d ../shared ] || SHARED=$(cd ../shared && pwd)
export ASAN_OPTIONS=abort_on_error=0:exitcode=99:detect_leaks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
chmod 755 "$work"	# PostgreSQL started by root runs as another user
ZS_TEST_PG=$(tools/pg-temp.sh start "$work/pg") || needs_failed 'the private PostgreSQL did not start'
export ZS_TEST_PG

# The cheapest first, a broken floor shows within seconds; then the longest, so that none is waited for alone.
suites='law browser api rights operation crash fuzz cli language run http plan coverage'
for script in test/*/run.sh; do # a suite that is never called proves nothing
	dir=$(basename "$(dirname "$script")")
	[[ " $suites " == *" $dir "* ]] || needs_failed "$script is in no list of suites"
done
begin unit 10 build-test/test/unit/unit
for dir in $suites; do
	begin "$dir" 20 "test/$dir/run.sh"
done
wait
ended
printf '\n%s' "$summary"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
