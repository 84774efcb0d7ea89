#!/usr/bin/env bash
# Takes each require, gate, clock, `by`, `apart` and mask of law/ out in turn, and each required, unique and
# personal; some scenario must fail each time.
set -eu
cd "$(dirname "$0")/.."
exec build/zhunsheng law mutate --law law
