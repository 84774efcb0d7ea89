#!/bin/sh
# Every scenario and every must-fail file of law/, on SQLite and on PostgreSQL; the program itself counts.
set -eu
cd "$(dirname "$0")/../.."
exec "${ZHUNSHENG:-build-test/zhunsheng}" law test --law law ${ZS_TEST_PG:+--pg "$ZS_TEST_PG"}
