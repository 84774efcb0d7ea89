#!/bin/sh
# fuzz.sh [SECONDS] [TARGET...]: altered inputs for each target that long (60 s), other ones each time. An input that
# is not survived is kept under build-test/fuzz/; put it among test/fuzz/seeds/TARGET/ so that it stays found.
set -eu
cd "$(dirname "$0")/.."
tools/install.sh build
[ -f build-test/build.ninja ] || meson setup build-test -Db_sanitize=address,undefined -Doptimization=1
ninja -C build-test test/fuzz/fuzz
seconds=${1:-60}
[ $# -eq 0 ] || shift
seeds=$PWD/test/fuzz/seeds driver=$PWD/build-test/test/fuzz/fuzz
mkdir -p build-test/fuzz
cd build-test/fuzz
TMPDIR=$PWD "$driver" --seconds "$seconds" --seed "$(date +%s)" "$seeds" "$@"
