#!/bin/bash
# check-clang.sh [ROOT]: what clang says of every file of src/, test/ and bench/, which is read and not compiled; gcc
# says its own in every build. Which warnings is in meson.build, and each is an error. Prints `file:line:column: why`.
set -u
read_only='-fsyntax-only -fno-caret-diagnostics -fno-color-diagnostics'

if [ -n "${1:-}" ]; then # a tree of its own: plain files, the general warnings
	cd "$1" || exit 1
	# shellcheck disable=SC2086 # they are words
	clang $read_only -Wall -Wextra src/*.c 2>&1 | grep -E '^[^ ]+:[0-9]+:' && exit 1
	exit 0
fi

cd "$(dirname "$0")/.." || exit 1
. tools/clang-build.sh || exit 1
cd build-clang || exit 1
if ! find ../src ../test ../bench -name '*.c' -not -path '../test/check/*' | LC_ALL=C sort |
	xargs -n 8 -P "$(nproc)" clang @flags $read_only -I../test/unit -I../test/fuzz >warnings 2>&1; then
	grep -E '^[^ ]+:[0-9]+:.*(error|warning):' warnings | sed 's|^\.\./||' || cat warnings
	exit 1
fi
