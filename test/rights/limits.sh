# Sourced by run.sh: how much one account may ask for in a minute, on a server of 50 points: one export.

serve narrow "$store" --calls 50
narrow=$base_narrow
# The sessions of the first server count here too: one store.
expect "an export" "$(status -b "$work/sifa" "$narrow/ledger.xlsx")" 200
expect "the second waits" "$(status -b "$work/sifa" -D "$work/head" "$narrow/ledger.xlsx")" 429
text "the second waits" 访问过于频繁
wait_s=$(sed -n 's/^Retry-After: \([0-9]*\)\r$/\1/p' "$work/head")
expect "it is told how long" "$([ "${wait_s:-0}" -ge 1 ] && [ "${wait_s:-99}" -le 60 ] && echo seconds)" seconds
expect "programs are told in their words" "$(for _ in $(seq 50); do
	curl -s -b "$work/sifa" "$narrow/api/v1/record" | grep -m 1 -o '"status": 429' && break
done)" '"status": 429'
expect "what is open to all stays open" "$(status -b "$work/sifa" "$narrow/clock")" 200
expect "others are not touched" "$(status -b "$work/danwei1" "$narrow/ledger.csv")" 200
status -b "$work/shenji" "$base/record/access" >/dev/null
text "it is noted" 访问过于频繁，已暂缓
stop narrow INT
