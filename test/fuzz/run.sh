#!/bin/sh
# Every seed and every old crash, then the same altered inputs each time. `make fuzz` goes on from there.
set -eu
cd "$(dirname "$0")/../.."
driver=$PWD/build-test/test/fuzz/fuzz seeds=$PWD/test/fuzz/seeds
cd "${TMPDIR:-/tmp}"
"$driver" --rounds 1000 "$seeds"
