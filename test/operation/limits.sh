# The unit's MemoryMax and TasksMax: what a served county holds of both under sixty-four clients that act, read, search,
# log in and send files. The kernel's own counts are read, not a cgroup's: the program's pages at their highest, which is
# more than it takes without the sanitizers, and its threads. What a limit does when it is met is systemd's.

setting() { sed -n "s/^$1=//p" packaging/zhunsheng.service; }
most=$(setting MemoryMax) tasks=$(setting TasksMax)
expect "the unit limits both" "$most $tasks" "1G 256"
limited=sqlite:$work/limited.db
"$binary" plan adopt demo/plan.txt --create-units --store "$limited" >"$work/people" 2>&1
officer=$(token "$limited" sifa write)
serve small "$limited"
bases=()
for _ in $(seq 16); do bases+=("$base_small"); done
printf '%%PDF-1.4 1 0 obj<</Type/Catalog>>endobj %8000000s trailer<</Root 1 0 R>> %%%%EOF\n' '' >"$work/large.pdf"
python3 test/operation/mixed.py 6 "$officer" sifa "$(awk '$1 == "sifa" { print $2 }' "$work/people")" "$work/limited.acts" \
	"${bases[@]}" >"$work/mixed" 2>&1 &
load=$!
for n in 1 2 3 4; do
	curl -s -o "$work/sent$n.body" -w '%{http_code}' -H "Authorization: Bearer $officer" \
		-F "file=@$work/large.pdf" "$base_small/api/v1/files" >"$work/sent$n" &
	senders[n]=$!
done
threads=0
while kill -0 "$load" 2>/dev/null; do
	now=$(awk '/^Threads/ { print $2 }' "/proc/$pid_small/status")
	[ "$now" -le "$threads" ] || threads=$now
	sleep 0.1
done
wait "$load"
expect "all are answered" $? 0
wait "${senders[@]}"
highest=$(awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$pid_small/status")
echo "limits: $highest MiB at most, $threads threads"
expect "files were taken" "$(cat "$work"/sent[1-4])" 201201201201
expect "acts were done" "$([ "$(wc -l <"$work/limited.acts")" -gt 20 ] && echo yes)" yes
expect "memory under the limit" "$([ "$highest" -gt 20 ] && [ "$highest" -lt 1024 ] && echo yes || echo "$highest MiB")" yes
expect "tasks under the limit" "$([ "$threads" -gt 2 ] && [ "$threads" -lt "$tasks" ] && echo yes || echo "$threads")" yes
stop small
