#!/bin/sh
# A private PostgreSQL for tests: pg-temp.sh start FOLDER prints a conninfo, pg-temp.sh stop
# FOLDER ends it and removes the folder. No port is opened: it listens on a socket in the folder.
# Started by root it runs as postgres (or nobody), because PostgreSQL refuses root.
set -eu
[ $# = 2 ] || { echo "usage: pg-temp.sh start|restart|stop FOLDER" >&2; exit 2; }
what=$1 folder=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "pg-temp.sh: PostgreSQL is not installed" >&2; exit 3; }
user=
if [ "$(id -u)" = 0 ]; then
	user=postgres
	id postgres >/dev/null 2>&1 || user=nobody
fi

as_user() {
	if [ -n "$user" ]; then
		setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups \
			env HOME="$folder" LC_ALL=C "$@"
	else
		env LC_ALL=C "$@"
	fi
}

case $what in
start)
	mkdir -p "$folder"
	folder=$(cd "$folder" && pwd)
	[ -z "$user" ] || chown "$user" "$folder"
	chmod 755 "$folder"
	cd "$folder"
	as_user "$bin/initdb" -D "$folder/data" -U zs -A trust -E UTF8 --no-locale \
		>"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
	as_user "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -s \
		-o "-c listen_addresses= -c unix_socket_directories=$folder" start >&2 ||
		{ cat "$folder/server.log" >&2; exit 1; }
	echo "host=$folder user=zs dbname=postgres"
	;;
restart) # without a word to anybody, as after a power failure
	cd "$folder"
	as_user "$bin/pg_ctl" -D "$folder/data" -m immediate -w -s stop >&2
	as_user "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -s \
		-o "-c listen_addresses= -c unix_socket_directories=$folder" start >&2
	;;
stop)
	cd "$folder" 2>/dev/null || exit 0
	as_user "$bin/pg_ctl" -D "$folder/data" -m immediate -w -s stop >&2 || true
	cd /
	rm -rf "$folder"
	;;
*)
	echo "usage: pg-temp.sh start|restart|stop FOLDER" >&2
	exit 2
	;;
esac
