#!/bin/bash
# Operation: copies, backups, several processes on one log, stopping, what a supervisor sees.
# run.sh [PART...]: copy and backup go together; processes; supervise; package.
set -u
cd "$(dirname "$0")/../.." || exit 1
binary=$(realpath "${ZHUNSHENG:-build-test/zhunsheng}")
work=$(mktemp -d)
passed=0 failed=0
. test/operation/common.sh
finish() {
	kill "${servers[@]}" 2>/dev/null
	[ -z "${own_pg:-}" ] || tools/pg-temp.sh stop "$own_pg"
	rm -rf "$work"
}
trap finish EXIT
if [ -z "${ZS_TEST_PG:-}" ]; then
	own_pg=$(mktemp -d /tmp/zhunsheng-pg.XXXXXX)
	chmod 755 "$own_pg"
	ZS_TEST_PG=$(tools/pg-temp.sh start "$own_pg/pg") || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
	own_pg=$own_pg/pg
fi
parts=$*
for script in ${parts:-copy backup processes supervise package}; do
	. "test/operation/$script.sh"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
