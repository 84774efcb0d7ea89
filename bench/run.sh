#!/bin/bash
# run.sh: all measurements in one go on the optimized build, as ratios of one run on one machine, into
# bench/RESULTS.md. Absolute numbers of a shared machine say little, so none are claimed. PLAN=FILE takes
# another plan than the demo county's.
set -eu
cd "$(dirname "$0")/.."
plan=${PLAN:-demo/plan.txt}
work=$(mktemp -d /tmp/zhunsheng-bench.XXXXXX)
chmod 755 "$work" # PostgreSQL and nginx run as somebody else
server= web=
finish() {
	[ -z "$server" ] || kill -INT "$server" 2>/dev/null || true
	[ -z "$web" ] || kill -QUIT "$web" 2>/dev/null || true
	wait 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT
ninja -C build zhunsheng bench/bench-record bench/bench-door bench/bench-make bench/bench-rebuild bench/bench-clients bench/bench-search >"$work/build.log" || {
	tail -n 20 "$work/build.log"
	exit 1
}
now() { date +%s%N; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
resident() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }
answers() { # answers URL PID: milliseconds until it answers, 10 s at most
	local began=$2
	for _ in $(seq 2000); do
		curl -s -o /dev/null "$1" && break
		sleep 0.005
	done
	echo $((($(now) - began) / 1000000))
}

# The door: two equal stores, acts in one, the same rows into the other.
build/zhunsheng plan adopt "$plan" --create-units --store "sqlite:$work/store.db" >/dev/null
cp "$work/store.db" "$work/copy.db"
read -r _ _ _ _ _ door _ acts _ group < <(build/bench/bench-door "$work/store.db" "$work/copy.db" 2048)

# The tasks of the plan with four reports each, copied side by side until the store has so many events.
build/zhunsheng plan adopt "$plan" --create-units --store "sqlite:$work/lives.db" >/dev/null
cp "$work/lives.db" "$work/copy.db"
build/bench/bench-door "$work/lives.db" "$work/copy.db" 100 >/dev/null
sized() { # sized EVENTS NAME: makes $work/NAME.db and measures it into $work/NAME.txt
	cp "$work/lives.db" "$work/$2.db"
	build/bench/bench-make "$work/$2.db" "$1"
	build/bench/bench-rebuild "$work/$2.db" >"$work/$2.txt"
	build/bench/bench-clients "$work/$2.db" 64 4096 >>"$work/$2.txt"
	stat -c 'bytes_of bytes %s' "$work/$2.db" >>"$work/$2.txt"
}
said() { # said NAME LINE FIELD: the word behind FIELD in the line that begins with LINE
	awk -v line="$2" -v field="$3" '$1 == line { for (i = 1; i < NF; i++) if ($i == field) print $(i + 1) }' "$work/$1.txt"
}
sized 10000 small
sized "${EVENTS:-1000000}" large
events=$(said large verify-1 events)

# The record: append against rows, verify against the bare digest.
mkdir "$work/record"
build/bench/bench-record "$work/record" 100000 >"$work/record.txt"
append=$(sed -n 's/^append.*ratio \([0-9.]*\).*/\1/p' "$work/record.txt")
verify=$(sed -n 's/^verify.* with 1 .*ratio \([0-9.]*\),.*/\1/p' "$work/record.txt")

# Searching real articles, beside the bare match of the same words; on PostgreSQL too where it is here.
corpus=../shared/data/corpus/articles.jsonl.gz
search_rows="| searching 175,000 real articles | | skipped: ../shared/data is absent | \`bench-search\` |"
searched() { # searched NAME URL SIZE: the rows of one engine
	build/bench/bench-search "$2" | awk -v name="$1" -v size="$3" '
		$1 == "all" {
			printf "| searching 174,621 articles on %s, a mix of words: ten best of all | the same words only matched, ten ids | %s times the time; p50 %s ms, p99 %s ms | `bench-search` |\n", name, $14, $3, $5
			printf "| the index of these articles on %s, with their texts | the texts as a file | %s of its size | `search import` |\n", name, size
		}'
}
if [ -f "$corpus" ]; then
	zcat "$corpus" >"$work/articles.jsonl"
	text=$(stat -c %s "$work/articles.jsonl")
	began=$(now)
	build/zhunsheng search import "$work/articles.jsonl" --store "sqlite:$work/search.db" >/dev/null
	import_ms=$((($(now) - began) / 1000000))
	search_rows="$(searched "SQLite, imported in $((import_ms / 1000)) s" "sqlite:$work/search.db" \
		"$(ratio "$(stat -c %s "$work/search.db")" "$text")")"
	if command -v psql >/dev/null && pg=$(tools/pg-temp.sh start "$work/pg" 2>/dev/null); then
		build/zhunsheng search import "$work/articles.jsonl" --store "postgres:$pg" >/dev/null
		bytes=$(psql -At "$pg" -c "SELECT pg_total_relation_size('search_unit') + pg_total_relation_size('search_match')")
		search_rows="$search_rows
$(searched PostgreSQL "postgres:$pg" "$(ratio "$bytes" "$text")")"
		tools/pg-temp.sh stop "$work/pg" >/dev/null 2>&1 || true
	fi
fi

# The site on a store of its own, and nginx with the ledger page as a file.
build/zhunsheng plan adopt "$plan" --create-units --store "sqlite:$work/site.db" >"$work/accounts"
began=$(now)
build/zhunsheng serve --store "sqlite:$work/site.db" --port -1 --calls 0 >"$work/out" 2>"$work/err" &
server=$!
until url=$(sed -n 's/^就绪 //p' "$work/out") && [ -n "$url" ]; do sleep 0.005; done
site_start=$(answers "$url/health" "$began")
password=$(awk '$1 == "sifa" { print $2 }' "$work/accounts")
curl -s -o /dev/null -c "$work/jar" -b "$work/jar" --data-urlencode login=sifa --data-urlencode "password=$password" "$url/login"
cookie=$(awk '$6 == "session" { print "session=" $7 }' "$work/jar")
mkdir "$work/www"
curl -s -H "Cookie: $cookie" -o "$work/www/ledger.html" "$url/ledger?all=1"
curl -s -o "$work/www/open.html" "$url/open"
idle_kb=$(resident "$server")
grep -q '<table' "$work/www/ledger.html"
size=$(stat -c %s "$work/www/ledger.html")
cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.err;
events { worker_connections 256; }
http { access_log off; types { text/html html; }
	client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
	server { listen 127.0.0.1:18089; root $work/www; } }
CONF
chmod 755 "$work/www"
began=$(now)
PATH=$PATH:/usr/sbin nginx -p "$work" -c "$work/nginx.conf" &
web=$!
nginx_start=$(answers http://127.0.0.1:18089/ledger.html "$began")
rate() { wrk -t1 -c8 -d5s "$@" | awk '/^Requests\/sec/ { print $2 }'; }
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; } # of the processor, of all threads
page=$(rate -H "Cookie: $cookie" "$url/ledger?all=1")
health=$(rate "$url/health")
static=$(rate http://127.0.0.1:18089/ledger.html)
worker=$(pgrep -P "$web")
before="$(ticks "$server") $(ticks "$worker")"
public=$(rate "$url/open")
public_static=$(rate http://127.0.0.1:18089/open.html)
public_cpu=$(echo "$before $(ticks "$server") $(ticks "$worker") $public $public_static" |
	awk '{ printf "%.2f", ($3 - $1) / $5 / (($4 - $2) / $6) }')
site_kb=$(resident "$server")
nginx_kb=$(for pid in "$web" $(pgrep -P "$web"); do resident "$pid"; done | awk '{ s += $1 } END { print s }')

cat >bench/RESULTS.md <<MD
# Ratios of one run

\`make bench\` on $(date -u +%Y-%m-%d), $(nproc) processors, $(basename "$plan"). Everything in one run on one machine; only the
ratios mean something.

| what | against | ratio | how |
|---|---|---|---|
| an act through the door: judged, clocks, event, projections ($acts acts in groups of $group) | SQLite writing the event, state and subject rows in groups of $group | $door times the time | \`bench-door\` |
| appending to the record (100,000 events) | SQLite inserting the same rows in the same groups | $append of its rate | \`bench-record\` |
| verifying the record, one thread, eight digests at a time | SM3 of the library over the same bytes in memory | $verify of its rate | \`bench-record\` |
| rebuilding all projections of $events events | verifying the same record with one thread | $(ratio "$(said large rebuild wall)" "$(said large verify-1 wall)") times the time; of the processor $(ratio "$(said large rebuild database-thread)" "$(said large verify-1 cpu)") times on the thread that meets the database | \`bench-rebuild\` |
| memory of that, both | | $(($(said large resident kB) / 1024)) MiB at most | \`bench-rebuild\` |
| verifying $events events with two threads | with one | $(ratio "$(said large verify-2 wall)" "$(said large verify-1 wall)") of the time | \`bench-rebuild\` |
| one act of 64 clients, in a store of $events events | in one of 10,000 | the middle one $(ratio "$(said large acts p50)" "$(said small acts p50)") times the time; of the processor $(ratio "$(said large acts cpu)" "$(said small acts cpu)") times | \`bench-clients\` |
| the same act while all matters are exported, $(said large exporting exported) rows meanwhile | without | $(ratio "$(said large exporting p50)" "$(said large acts p50)") times; the slowest of a hundred $(ratio "$(said large exporting p99)" "$(said large acts p99)") times | \`bench-clients\` |
| fifty rows of a list, in a store of $events events | in one of 10,000 | the middle one $(ratio "$(said large list p50)" "$(said small list p50)") times the time; of the processor $(ratio "$(said large list cpu)" "$(said small list cpu)") times | \`bench-clients\` |
| the store of $events events, indexes and projections | one event | $(($(said large bytes_of bytes) / events)) bytes | |
$search_rows
| the whole ledger on one page, $size bytes, computed for each request | nginx with the same bytes as a file, one worker | $(ratio "$static" "$page") times slower | \`wrk -t1 -c8 -d5s\` |
| a public page, $(stat -c %s "$work/www/open.html") bytes, made once and kept until the record grows | nginx with the same bytes as a file | $(ratio "$public" "$public_static") of its rate, $public_cpu of the processor for each | \`wrk -t1 -c8 -d5s\` |
| the smallest answer of the site (\`/health\`) | nginx with that file | $(ratio "$health" "$static") of its rate | \`wrk -t1 -c8 -d5s\` |
| resident memory, idle | | $((idle_kb / 1024)) MiB | \`VmRSS\` |
| resident memory after this load | nginx, master and worker | $(ratio "$site_kb" "$nginx_kb") times | \`VmRSS\` |
| the program, without debugging information | | $(($(strip -o "$work/stripped" build/zhunsheng && stat -c %s "$work/stripped") / 1048576)) MiB | \`strip\` |
| from start to the first answer, definitions loaded | nginx | $(ratio "$site_start" "$nginx_start") times the time | \`curl\` until it answers |
MD
cat bench/RESULTS.md
