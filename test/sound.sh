#!/bin/sh
# sound.sh URL: whether the record of a store is in order and its projections are what a rebuild
# makes of it; run on what a test has left, after its server has stopped. The checkpoints that the
# server kept outside the store must hold. A store without a log has nothing to look at.
set -u
cd "$(dirname "$0")/.."
zhunsheng=${ZHUNSHENG:-build-test/zhunsheng}
set -- --store "$1" "${1#sqlite:}.checkpoints"
against=
[ ! -f "$3" ] || against="--against $3"
# shellcheck disable=SC2086 # two words
out=$("$zhunsheng" record verify "$1" "$2" $against 2>&1) || {
	case $out in 库中还没有日志) exit 0 ;; esac
	printf '%s\n' "$out"
	exit 1
}
out=$("$zhunsheng" record rebuild --check "$1" "$2" 2>&1) || {
	printf '%s\n' "$out"
	exit 1
}
