# What the scripts of this suite share; sourced by run.sh.

expect() { # expect WHAT GOT WANTED
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		echo "FAILED $1: $2, not $3"
		failed=$((failed + 1))
	fi
}
has() { # has WHAT TEXT FILE: the file says it
	expect "$1" "$(grep -qF -- "$2" "$3" && echo said || tail -c 600 "$3")" said
}
status() { curl -s -o "$work/body" -w '%{http_code}' "$@"; }

servers=()
serve() { # serve NAME STORE OPTION...: base_NAME once it is ready
	local name=$1 store=$2
	shift 2
	: >"$work/$name.out"
	(cd "$work" && exec "$binary" serve --store "$store" --port -1 "$@") >"$work/$name.out" 2>"$work/$name.err" &
	local pid=$!
	servers+=("$pid")
	printf -v "pid_$name" %s "$pid"
	local base=
	for _ in $(seq 300); do
		base=$(sed -n 's/^就绪 //p' "$work/$name.out")
		[ -n "$base" ] || ! kill -0 "$pid" 2>/dev/null || { sleep 0.1; continue; }
		break
	done
	printf -v "base_$name" %s "$base"
	[ -n "$base" ] || { echo "FAILED $name does not start:"; cat "$work/$name.err"; failed=$((failed + 1)); }
}
stop() { # stop NAME [SIGNAL]: ends cleanly
	local pid=pid_$1
	kill "-${2:-TERM}" "${!pid}"
	wait "${!pid}"
	expect "$1 ends cleanly" $? 0
	expect "$1 said nothing" "$(head -c 2000 "$work/$1.err")" ""
}
token() { # token STORE LOGIN SCOPE
	"$binary" token add "$2" --scope "$3" --days 366 --store "$1" 2>/dev/null
}
unit() { # unit BASE TOKEN NAME [KEY]: status of a new unit
	status -H "Authorization: Bearer $2" -H 'Content-Type: application/json' ${4:+-H "Idempotency-Key: $4"} \
		-d "{\"values\":{\"name\":\"$3\",\"kind\":\"government\",\"led\":\"local\"},\"from\":\"2026-01-01\"}" \
		"$1/api/v1/registers/units/entries"
}
size() { # size STORE: events of the log, as the verifier counts them
	"$binary" record verify --store "$1" --log 990101/demo | sed -n 's/.*核验通过：\([0-9]*\) 条.*/\1/p'
}
database() { # database NAME: a new PostgreSQL database; prints its URL
	local any
	any=$(ls -d /usr/lib/postgresql/*/bin | head -n 1)
	"$any/psql" -q "$ZS_TEST_PG" -c "CREATE DATABASE $1" >&2 && echo "postgres:$ZS_TEST_PG dbname=$1"
}
