#!/bin/bash
# check.sh: runs every tools/check-NAME.sh on the project, and first each of them on its own bad tree,
# test/check/NAME*/, where it must find exactly the faults listed in `expect`: a check that cannot fail is none.
# The last line counts both.
set -u
cd "$(dirname "$0")/.." || exit 1
tools/install.sh check || { echo '0 passed, 1 failed, 0 skipped'; exit 1; }

passed=0 failed=0
count() { # count STATUS: 0 is passed
	if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

for check in tools/check-*.sh; do
	name=${check#tools/check-} name=${name%.sh}
	trees=0
	for tree in test/check/"$name" test/check/"$name"-*/; do
		[ -f "$tree/expect" ] || continue
		trees=$((trees + 1))
		found=$("$check" "$tree" 2>&1)
		status=$?
		if [ "$status" -eq 0 ] || ! diff <(printf '%s\n' "$found") "$tree/expect"; then
			echo "${tree%/}/expect:1: $check ended with status $status and should find exactly these"
			count 1
		else
			count 0
		fi
	done
	[ "$trees" -gt 0 ] || { echo "$check:1: has no bad tree test/check/$name/expect"; count 1; }

	begin=$SECONDS
	"$check"
	status=$?
	count "$status"
	printf '%-10s %s (%d s)\n' "$name" "$([ "$status" -eq 0 ] && echo ok || echo FAILED)" $((SECONDS - begin))
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
