#!/bin/bash
# fuzz.sh [SECONDS [TARGET...]]: altered inputs for each target that long (60 s), guided by what they reach
# (clang's libFuzzer, address and undefined behaviour sanitizers). What reaches more is kept in build-fuzz/corpus
# and the next run goes on from there; an input that is not survived is build-fuzz/found/TARGET-…: put it among
# test/fuzz/seeds/TARGET/, under a name that says what it is, so that `make test` finds it for ever.
#
# fuzz.sh keep TARGET...: adds to the seeds the fewest kept inputs that together reach what the corpus reaches.
set -u
cd "$(dirname "$0")/.." || exit 1
tools/install.sh build fuzz || exit 1

# Adding 0 to no address is what an empty text does everywhere, and what C2y allows; address faults are the
# address sanitizer's.
[ -f build-fuzz/build.ninja ] || CC=clang meson setup build-fuzz -Db_sanitize=address,undefined -Db_lundef=false \
	-Doptimization=1 -Dc_args='-fsanitize=fuzzer-no-link -fno-sanitize=pointer-overflow' || exit 1
ninja -C build-fuzz test/fuzz/guided || exit 1

seeds=test/fuzz/seeds
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 TMPDIR=$PWD/build-fuzz/tmp
mkdir -p "$TMPDIR" build-fuzz/found
guided() { # guided TARGET OPTION...
	local name=$1
	shift
	build-fuzz/test/fuzz/guided --target="$name" --dictionary="build-fuzz/$name.words" \
		-dict="build-fuzz/$name.words" -timeout=20 -rss_limit_mb=2048 "$@"
}

if [ "${1:-}" = keep ]; then
	shift
	for name; do
		guided "$name" -set_cover_merge=1 -use_counters=0 "$seeds/$name" "build-fuzz/corpus/$name" 2>&1 |
			grep 'MERGE-OUTER.*new coverage'
		for file in "$seeds/$name"/*; do # a digest is long, ten letters of it tell apart as well
			[[ ! $file =~ /[0-9a-f]{40}$ ]] || mv "$file" "${file%??????????????????????????????}"
		done
	done
	exit
fi

seconds=${1:-60} passed=0 failed=0
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || { cd "$seeds" && set -- *; cd - >/dev/null || exit 1; }
for name; do
	corpus=build-fuzz/corpus/$name log=build-fuzz/$name.log
	mkdir -p "$corpus"
	if guided "$name" -max_total_time="$seconds" -max_len=16384 -artifact_prefix="build-fuzz/found/$name-" \
		-print_final_stats=1 "$corpus" "$seeds/$name" >"$log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		grep -E 'ERROR|runtime error|Assertion|^bug:|^'"$name"': |Test unit written' "$log"
	fi
	printf '%-10s %9s inputs %6s edges\n' "$name" \
		"$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
		"$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1 | cut -c6-)"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
