# Sourced by the suites that talk to a server, from the project's own folder: a folder of work that goes away at
# the end with every server started here, what was expected and what came, and the last line.

binary=$(realpath "${ZHUNSHENG:-build-test/zhunsheng}")
work=$(mktemp -d)
passed=0 failed=0 servers=() own_pg=
finish() {
	kill "${servers[@]}" 2>/dev/null
	[ -z "$own_pg" ] || tools/pg-temp.sh stop "$own_pg"
	rm -rf "$work"
}
trap finish EXIT
need_postgres() { # ZS_TEST_PG: a server of our own, if there is none
	[ -z "${ZS_TEST_PG:-}" ] || return 0
	chmod 755 "$work"
	ZS_TEST_PG=$(tools/pg-temp.sh start "$work/pg") || { failed=1; summary; exit 1; }
	own_pg=$work/pg
}
summary() { # the last line of a suite, and its status
	echo "$passed passed, $failed failed, 0 skipped"
	[ "$failed" -eq 0 ]
}

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
counted() { # counted LOG: what a script of its own has counted
	if [[ $(tail -n 1 "$1") =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
		passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
	else
		failed=$((failed + 1))
	fi
	grep -v ' passed, \| asked$' "$1" | head -n 40
}
status() { curl -s -o "$work/body" -w '%{http_code}' "$@"; }

launch() { # launch NAME ARGUMENT...: the program, until it is ready at base_NAME
	local name=$1 base=
	shift
	: >"$work/$name.out"
	(cd "$work" && exec "$binary" "$@") >"$work/$name.out" 2>"$work/$name.err" &
	local pid=$!
	servers+=("$pid")
	printf -v "pid_$name" %s "$pid"
	for _ in $(seq 300); do
		base=$(sed -n 's/^就绪 //p' "$work/$name.out")
		[ -n "$base" ] || ! kill -0 "$pid" 2>/dev/null || { sleep 0.1; continue; }
		break
	done
	printf -v "base_$name" %s "$base"
	[ -n "$base" ] || { echo "FAILED $name does not start:"; cat "$work/$name.err"; failed=$((failed + 1)); }
}
serve() { # serve NAME STORE OPTION...
	local name=$1 store=$2
	shift 2
	launch "$name" serve --store "$store" --port -1 "$@"
}
stop() { # stop NAME [SIGNAL]: ends cleanly
	local pid=pid_$1
	kill "-${2:-TERM}" "${!pid}"
	wait "${!pid}"
	expect "$1 ends cleanly" $? 0
	expect "$1 said nothing" "$(head -c 2000 "$work/$1.err")" ""
}
adopt() { # adopt STORE: the county of the demo plan; its accounts stand in $work/accounts
	"$binary" plan adopt demo/plan.txt --create-units --store "$1" >"$work/accounts" || { failed=1; summary; exit 1; }
}
password() { awk -v who="$1" '$1 == who { print $2 }' "$work/accounts"; } # password WHO
