#!/bin/sh
# What must survive: ROUNDS (50) times kill -9 on each engine of whoever works on a log, the loss of
# power of a writer and of a served county (POWER, 3 rounds of PostgreSQL's machine), a full disk, and an
# attacker with the database in hand (build-test/test/crash/slow). Run by tools/test.sh, which gives
# ZHUNSHENG and ZS_TEST_PG; alone it starts a PostgreSQL of its own.
set -u
cd "$(dirname "$0")/../.."
passed=0 failed=0
bin=build-test/test/crash
zhunsheng=$(realpath "${ZHUNSHENG:-build-test/zhunsheng}")
work=$(mktemp -d)
chmod 755 "$work"
own_pg=
small=
trap '[ -z "$small" ] || umount -l "$small"; [ -z "$own_pg" ] || tools/pg-temp.sh stop "$work/pg"; rm -rf "$work"' EXIT
if [ -z "${ZS_TEST_PG:-}" ]; then
	ZS_TEST_PG=$(tools/pg-temp.sh start "$work/pg") || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
	own_pg=yes
fi
export ZS_TEST_PG

lines() { wc -l <"$1"; }

more() { # more FILE N PID: waits until the file has N more lines than now
	before=$(lines "$1")
	tries=0
	while [ "$(lines "$1")" -lt $((before + $2)) ]; do
		tries=$((tries + 1))
		if [ $tries -gt 1000 ] || ! kill -0 "$3" 2>/dev/null; then
			echo "the writer stopped: $(cat "$work/writer.log")"
			return 1
		fi
		sleep 0.02
	done
}

# A writer acts until 20 more acts are acknowledged and is killed in the middle of whatever it does.
killed_writer() { # killed_writer URL ACKNOWLEDGED
	"$bin/writer" write "$1" crash/demo >>"$2" 2>"$work/writer.log" &
	pid=$!
	more "$2" 20 $pid || { kill -9 $pid; wait $pid; return 1; } 2>/dev/null
	kill -9 $pid
	wait $pid 2>/dev/null
	"$bin/writer" check "$1" crash/demo <"$2" || return 1
	sound "$1"
}

# Everything in order: the record by its digests, the projections by being rebuilt.
sound() { # sound URL
	{ "$zhunsheng" record verify --store "$1" --log crash/demo &&
		"$zhunsheng" record rebuild --check --store "$1" --log crash/demo; } >"$work/sound.log" 2>&1 ||
		{ cat "$work/sound.log"; return 1; }
}

# ROUNDS kills on each engine, of everybody who works on a log (rounds.py), both engines at once.
rounds() { # rounds N ENGINE URL [CONNINFO SCHEMA]
	n=$1 engine=$2 url=$3
	shift 3
	PYTHONDONTWRITEBYTECODE=1 python3 test/crash/rounds.py "$n" "$engine" "$url" "$bin/writer" "$zhunsheng" "$work" "$PWD/$bin/libplug.so" "$@" \
		>"$work/rounds.$engine" 2>&1
}
schema=crash$$
psql -q "$ZS_TEST_PG" -c "CREATE SCHEMA $schema" || failed=$((failed + 1))
mkdir "$work/store"
crash=$work/store/crash.db
rounds "${ROUNDS:-50}" sqlite "sqlite:$crash" &
rounds "${ROUNDS:-50}" postgres "postgres:$ZS_TEST_PG options='-csearch_path=$schema'" "$ZS_TEST_PG" $schema
wait
rounds "${POWER:-3}" machine -
for engine in sqlite postgres machine; do
	cat "$work/rounds.$engine"
	counts=$(tail -n 1 "$work/rounds.$engine")
	case $counts in
	*' passed, '*' failed')
		passed=$((passed + ${counts%% passed*}))
		counts=${counts#*, }
		failed=$((failed + ${counts%% failed*}))
		;;
	*) failed=$((failed + 1)) ;;
	esac
done

# A server of its own is stopped at once and started again while the writer writes: the writer
# finds its way back, and nothing acknowledged is lost.
restarted() {
	conninfo=$(tools/pg-temp.sh start "$work/pg-own") || return 1
	acknowledged=$work/restarted.acknowledged
	: >"$acknowledged"
	"$bin/writer" write "postgres:$conninfo" crash/demo >"$acknowledged" 2>"$work/writer.log" &
	pid=$!
	good=0
	more "$acknowledged" 40 $pid && tools/pg-temp.sh restart "$work/pg-own" && more "$acknowledged" 40 $pid && good=1
	kill -9 $pid
	wait $pid 2>/dev/null
	[ $good = 1 ] && "$bin/writer" check "postgres:$conninfo" crash/demo <"$acknowledged" &&
		sound "postgres:$conninfo" || good=0
	tools/pg-temp.sh stop "$work/pg-own"
	[ $good = 1 ] || { cat "$work/writer.log"; return 1; }
}
if restarted >"$work/round.log" 2>&1; then
	passed=$((passed + 1))
else
	echo "FAILED PostgreSQL stopped at once and started again"
	cat "$work/round.log"
	failed=$((failed + 1))
fi
psql -q "$ZS_TEST_PG" -c "SET client_min_messages = warning; DROP SCHEMA $schema CASCADE" || true

# The commands an auditor uses, on what the killed writers left.
expect() { # expect STATUS PATTERN COMMAND...
	want=$1 pattern=$2
	shift 2
	"$@" >"$work/out" 2>"$work/err"
	got=$?
	if [ $got -eq "$want" ] && cat "$work/out" "$work/err" | grep -q -- "$pattern"; then
		passed=$((passed + 1))
	else
		echo "FAILED $*: status $got, not $want, or no '$pattern' in:"
		cat "$work/out" "$work/err"
		failed=$((failed + 1))
	fi
}

store="--store sqlite:$crash"
expect 0 '^crash/demo/sm3$' "$zhunsheng" record checkpoint $store --append "$work/outside"
expect 0 '^crash/demo/sm3+' "$zhunsheng" record key $store
key=$(cat "$work/out")
expect 0 '^index 6$' "$zhunsheng" record prove 7 $store
cp "$work/out" "$work/proof"
expect 0 '证明成立' "$zhunsheng" record check-proof "$work/proof" --key "$key"
sed 's/^index 6$/index 7/' "$work/proof" >"$work/forged"
expect 1 '证明不成立' "$zhunsheng" record check-proof "$work/forged" --key "$key"
expect 2 '验证公钥' "$zhunsheng" record check-proof "$work/proof" --key "${key%?}"
expect 0 '核验通过' "$zhunsheng" record verify $store --against "$work/outside" --key "$key"
expect 0 '新复制记录' "$zhunsheng" record copy --from "sqlite:$crash" --to "sqlite:$work/copy.db"
expect 0 '核验通过' "$zhunsheng" record verify --store "sqlite:$work/copy.db" --against "$work/outside" --key "$key"
"$bin/writer" spoil "sqlite:$crash" crash/demo
expect 1 '第 7 号' "$zhunsheng" record verify $store --against "$work/outside" --key "$key"
expect 1 '请先核验来源' "$zhunsheng" record copy --from "sqlite:$crash" --to "sqlite:$work/again.db"
expect 2 '打不开数据库' "$zhunsheng" record verify --store "sqlite:$work/none.db"
expect 2 '不认识的参数' "$zhunsheng" record verify --nonsense

# The real server: it signs at its end what the log has grown by, and does not start on a backup
# from before that.
served() { # served OPTIONS...: starts, waits until it is ready, ends it as Ctrl-C would
	"$zhunsheng" serve --port -1 "$@" >"$work/served" 2>&1 &
	pid=$!
	tries=0
	until grep -q '就绪' "$work/served"; do
		tries=$((tries + 1))
		if [ $tries -gt 500 ] || ! kill -0 $pid 2>/dev/null; then
			wait $pid
			status=$?
			cat "$work/served"
			return $status
		fi
		sleep 0.02
	done
	kill -INT $pid
	wait $pid
	status=$?
	cat "$work/served"
	return $status
}
county="sqlite:$work/county.db"
outside="--checkpoints $work/county.outside"
: >"$work/county.acknowledged"
killed_writer "$county" "$work/county.acknowledged" || failed=$((failed + 1))
expect 0 '新复制记录' "$zhunsheng" record copy --from "$county" --to "sqlite:$work/backup.db"
killed_writer "$county" "$work/county.acknowledged" || failed=$((failed + 1))
expect 0 '就绪' served --store "$county" $outside
expect 0 '核验通过' "$zhunsheng" record verify --store "$county" --against "$work/county.outside"
expect 0 '就绪' served --store "$county" $outside
expect 1 '落后于存证点，不予启动' served --store "sqlite:$work/backup.db" $outside
expect 1 '落后于存证点，不予启动' "$zhunsheng" time confirm --store "sqlite:$work/backup.db" $outside
expect 0 '就绪' served --store "sqlite:$work/backup.db" --checkpoints "$work/backup.outside"
expect 0 '系统时间' "$zhunsheng" time confirm --store "sqlite:$work/backup.db" --checkpoints "$work/backup.outside"

# A small disk that PostgreSQL can fill; without the right to mount one its words are put into its mouth.
small=$work/small
mkdir "$small"
if mount -t tmpfs -o size=24m tmpfs "$small" 2>/dev/null; then
	mkdir "$small/pg"
	chown "$(stat -c %u:%g "$(psql -qAt "$ZS_TEST_PG" -c 'SHOW data_directory')")" "$small/pg"
	psql -q "$ZS_TEST_PG" -c "CREATE TABLESPACE small$$ LOCATION '$small/pg'" && export ZS_TEST_SMALL=small$$
else
	echo "no small disk could be mounted: PostgreSQL only says that it is full"
	small=
fi

"$bin/slow" >"$work/slow.log" 2>&1
status=$?
if [ -n "$small" ]; then
	psql -q "$ZS_TEST_PG" -c "DROP TABLESPACE small$$"
	umount "$small"
	small=
fi
grep -v ' passed, ' "$work/slow.log"
counts=$(grep ' passed, ' "$work/slow.log" | tail -1)
if [ -n "$counts" ]; then
	passed=$((passed + ${counts%% passed*}))
	counts=${counts#*, }
	failed=$((failed + ${counts%% failed*}))
else
	echo "slow ended with $status"
	failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
