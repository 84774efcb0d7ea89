#!/bin/bash
# test-deb.sh [DIR]: the package in a Debian of its own: debootstrap into DIR (default: a new folder below /var/tmp, gone
# afterwards), install, serve, ask, start by systemd, remove, purge. As root, with the network; minutes, so it is not in `make test`.
set -eu
cd "$(dirname "$0")/.."
tools/install.sh deb
deb=$(tools/deb.sh | tail -n 1)
keep=${1:-}
dir=${keep:-$(mktemp -d /var/tmp/zhunsheng-deb.XXXXXX)}
finish() {
	[ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
	umount "$dir/root/proc" "$dir/root/dev" 2>/dev/null || true
	[ -n "$keep" ] || rm -rf --one-file-system "$dir"
}
trap finish EXIT
step() { printf '== %s\n' "$*"; }
inside() { chroot "$dir/root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }

step "debootstrap: $(basename "$deb")"
if [ ! -x "$dir/root/usr/bin/apt-get" ]; then
	debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,curl bookworm "$dir/root" >"$dir/debootstrap.log" 2>&1 ||
		{ tail -n 20 "$dir/debootstrap.log"; exit 1; }
fi
mount -t proc proc "$dir/root/proc"
mount --bind /dev "$dir/root/dev"
cp /etc/resolv.conf "$dir/root/etc/resolv.conf"
cp "$deb" "$dir/root/root/zhunsheng.deb"

step "install"
inside DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends /root/zhunsheng.deb curl \
	>"$dir/install.log" 2>&1 || { tail -n 30 "$dir/install.log"; exit 1; }
inside getent passwd zhunsheng
inside stat -c '%U %a %n' /var/lib/zhunsheng
inside ldd /usr/bin/zhunsheng | { ! grep 'not found'; }
inside zhunsheng clock 2026-09-21 "20 workdays"
inside zhunsheng law check

step "a county, served by its own user"
store=sqlite:/var/lib/zhunsheng/zhunsheng.db
as_user() { inside setpriv --reuid=zhunsheng --regid=zhunsheng --clear-groups "$@"; }
as_user zhunsheng plan adopt /usr/share/zhunsheng/demo/plan.txt --create-units --store $store >"$dir/accounts"
as_user zhunsheng serve --store $store --port 18080 >"$dir/out" 2>"$dir/err" &
server=$!
for _ in $(seq 100); do grep -q 就绪 "$dir/out" && break; sleep 0.1; done
inside curl -sf http://127.0.0.1:18080/health
inside curl -sf http://127.0.0.1:18080/health/ready
inside curl -sf http://127.0.0.1:18080/metrics | grep -E '^zhunsheng_(log_events|memory_bytes)'
inside curl -sf http://127.0.0.1:18080/api/v1/openapi.json | grep -c operationId
kill -TERM "$(pgrep -P "$server" -x zhunsheng || echo "$server")"
wait "$server"
server=
as_user zhunsheng record verify --store $store
as_user zhunsheng backup --store $store --to /var/lib/zhunsheng/backup --keys /var/lib/zhunsheng/secrets | tail -n 2
inside sh -c 'gzip -dc /usr/share/man/man1/zhunsheng.1.gz' | head -n 2

tools/test-systemd.sh "$dir/root" "$deb"

step "remove, then purge: the record stays"
inside apt-get remove -q -y zhunsheng >"$dir/remove.log" 2>&1
[ ! -e "$dir/root/usr/bin/zhunsheng" ]
inside apt-get purge -q -y zhunsheng >>"$dir/remove.log" 2>&1
[ ! -e "$dir/root/etc/default/zhunsheng" ]
[ -s "$dir/root/var/lib/zhunsheng/zhunsheng.db" ]
step "all in order"
