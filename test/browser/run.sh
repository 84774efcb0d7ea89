#!/bin/bash
# run.sh [--pictures FOLDER] [PREFIX]: pages in a real browser, against the sanitized binary.
set -u
cd "$(dirname "$0")" || exit 1
[ -d node_modules/playwright-core ] || npm install --no-audit --no-fund --ignore-scripts >/tmp/npm.$$ 2>&1 || {
	cat /tmp/npm.$$
	rm -f /tmp/npm.$$
	echo "0 passed, 1 failed, 0 skipped"
	exit 1
}
rm -f /tmp/npm.$$
node run.mjs "${ZHUNSHENG:-../../build-test/zhunsheng}" "$@"
