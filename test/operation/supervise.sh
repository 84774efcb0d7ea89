# What a supervisor sees: ready when it is, stopping when it is told, in seconds and with what was begun done; numbers
# without a name; a log that a second process may not write while the first holds it is still one log.

watched=sqlite:$work/watched.db
"$binary" plan adopt demo/plan.txt --create-units --store "$watched" >"$work/people" 2>&1
python3 -c 'import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
s.settimeout(60)
for _ in range(2):
    print(s.recv(100).decode(), flush=True)' "$work/notify" >"$work/told" 2>&1 &
listener=$!
for _ in $(seq 50); do [ -S "$work/notify" ] && break; sleep 0.1; done
NOTIFY_SOCKET=$work/notify serve ten "$watched"
officer=$(token "$watched" sifa write)
for _ in $(seq 50); do grep -q READY "$work/told" && break; sleep 0.1; done
expect "it says that it is ready" "$(cat "$work/told")" READY=1

status "$base_ten/metrics" >/dev/null
has "answers are counted" 'zhunsheng_http_requests_total{class="2xx"}' "$work/body"
expect "no name in the numbers" "$(grep -cE 'persons/|sifa|演示|units/' "$work/body")" 0
expect "through a proxy nobody asks from here" "$(
	(cd "$work" && exec "$binary" serve --store "$watched" --port -1 --https --checkpoints "$work/p.checkpoints") \
		>"$work/proxied" 2>&1 &
	pid=$!
	for _ in $(seq 100); do grep -q 就绪 "$work/proxied" && break; sleep 0.1; done
	status "$(sed -n 's/^就绪 //p' "$work/proxied")/metrics"
	kill "$pid"
	wait "$pid" 2>/dev/null)" 403

# Stopped under load: whatever was answered stands in the record, and nothing else was begun.
python3 -c 'import http.client, json, sys, threading
host, token = sys.argv[1].replace("http://", ""), sys.argv[2]
done, lock = [], threading.Lock()
def work(k):
    c = http.client.HTTPConnection(host, timeout=30)
    for i in range(10000):
        name = "收尾单位%d-%d" % (k, i)
        body = json.dumps({"values": {"name": name, "kind": "government", "led": "local"}, "from": "2026-01-01"})
        try:
            c.request("POST", "/api/v1/registers/units/entries", body,
                      {"Authorization": "Bearer " + token, "Content-Type": "application/json"})
            if c.getresponse().status != 201:
                return
        except (OSError, http.client.HTTPException):
            return
        with lock:
            done.append(name)
        c.close()
threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
[t.start() for t in threads]
[t.join() for t in threads]
print("\n".join(done))' "$base_ten" "$officer" >"$work/answered" &
load=$!
for _ in $(seq 150); do # until some are done
	status "$base_ten/metrics" >/dev/null
	grep -qE 'outcome="done"} ([5-9]|[0-9]{2})' "$work/body" && break
	sleep 0.2
done
begin=$(date +%s)
stop ten
took=$(($(date +%s) - begin))
expect "within seconds" "$([ "$took" -le 5 ] && echo yes || echo "$took s")" yes
wait "$load"
wait "$listener"
expect "it says that it stops" "$(tail -n 1 "$work/told")" STOPPING=1
expect "some were answered" "$([ "$(wc -l <"$work/answered")" -gt 3 ] && echo yes)" yes
python3 -c 'import sqlite3, sys
names = {r[0] for r in sqlite3.connect(sys.argv[1]).execute("SELECT body FROM event WHERE kind = ?", ("entry-put",))}
text = b"".join(names).decode() if names and isinstance(next(iter(names)), bytes) else "".join(names)
lost = [n for n in open(sys.argv[2]).read().split() if "\"%s\"" % n not in text]
print("lost" if lost else "kept")' "$work/watched.db" "$work/answered" >"$work/kept"
expect "what was answered stands there" "$(cat "$work/kept")" kept
expect "and is in order" "$(test/sound.sh "$watched" && echo sound)" sound
