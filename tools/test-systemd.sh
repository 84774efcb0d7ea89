#!/bin/bash
# test-systemd.sh ROOT DEB: the unit started by systemd itself, which runs as the first process of namespaces of its own
# over ROOT, a Debian with systemd (debootstrap --include=systemd,systemd-sysv,dbus,curl). As root, with a kernel that
# mounts cgroup2. Installs DEB, makes a county in place of what ROOT had, then: enabled, started (Type=notify),
# asked, killed and started again by systemd, stopped. tools/test-deb.sh calls it.
set -eu
root=$(realpath "$1") deb=$(realpath "$2")
groups=$(mktemp -d) first=
finish() {
	[ -z "$first" ] || kill -KILL "$first" 2>/dev/null || true
	sleep 0.2
	rmdir "$groups/zhunsheng-test" 2>/dev/null || true
	umount "$groups" 2>/dev/null || true
	rmdir "$groups"
}
trap finish EXIT
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }
step() { printf '== %s\n' "$*"; }
failed() {
	echo "FAILED $1"
	there systemctl status --no-pager -l zhunsheng 2>&1 | head -n 30 || true
	there journalctl --no-pager -n 20 2>&1 || true
	exit 1
}

step "a county of its own user"
rm -rf "${root:?}"/var/lib/zhunsheng/*
cp "$deb" "$root/root/zhunsheng.deb"
inside DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends /root/zhunsheng.deb >"$root/install.log" 2>&1
inside setpriv --reuid=zhunsheng --regid=zhunsheng --clear-groups zhunsheng plan adopt /usr/share/zhunsheng/demo/plan.txt \
	--create-units --store sqlite:/var/lib/zhunsheng/zhunsheng.db >>"$root/install.log" 2>&1
echo 'OPTIONS=--port 18080' >"$root/etc/default/zhunsheng"
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -sf /lib/systemd/system/zhunsheng.service "$root/etc/systemd/system/multi-user.target.wants/"

step "systemd as process 1"
mount -t cgroup2 cgroup2 "$groups"
mkdir -p "$groups/zhunsheng-test"
# The group first, then its namespace: systemd finds itself at the root of a tree of its own.
sh -c 'echo $$ >"$1/zhunsheng-test/cgroup.procs"; shift; exec "$@"' sh "$groups" \
	unshare --fork --pid --mount --cgroup --ipc --uts --net sh -c '
		set -e
		mount --make-rprivate /
		mount --bind "$1" "$1"
		cd "$1"
		mkdir -p old
		mount -t proc proc proc
		mount -t sysfs -o ro sysfs sys
		mount -t cgroup2 cgroup2 sys/fs/cgroup
		mount -t tmpfs tmpfs run
		mount -t tmpfs tmpfs dev
		for one in null zero full random urandom tty; do touch dev/$one; mount --bind /dev/$one dev/$one; done
		mkdir dev/shm dev/pts dev/mqueue dev/hugepages
		mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
		ln -s pts/ptmx dev/ptmx
		ln -s /proc/self/fd dev/fd
		pivot_root . old
		umount -l /old
		exec env -i container=unshare PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --show-status=no' sh "$root" >"$root/systemd.log" 2>&1 &
outer=$!
for _ in $(seq 50); do
	first=$(pgrep -P "$outer" || true)
	[ -z "$first" ] || break
	sleep 0.1
done
[ -n "$first" ] || { cat "$root/systemd.log"; exit 1; }
there() { nsenter -t "$first" --all --root --wd=/ /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }
told() { there systemctl show -p "$1" --value zhunsheng; }
waits() { # waits WHAT PROPERTY WANTED
	for _ in $(seq ${TURNS:-300}); do
		[ "$(told "$2" 2>/dev/null)" != "$3" ] || return 0
		sleep 0.1
	done
	failed "$1: $(told "$2"), not $3"
}
asks() { there curl -sf "http://127.0.0.1:18080$1"; }
pid_wanted() { [ "$(told MainPID)" != "$1" ] && [ "$(told MainPID)" != 0 ]; }

step "started at boot, and it said READY=1"
waits "it runs" ActiveState active
[ "$(told Type)" = notify ] || failed "it is of another type"
[ "$(there stat -c %U "/proc/$(told MainPID)")" = zhunsheng ] || failed "it runs as another user"
[ "$(asks /health/ready)" = ready ] || failed "it does not answer"
[ "$(there sed -n 's/^NoNewPrivs:\t//p' "/proc/$(told MainPID)/status")" = 1 ] || failed "it may gain privileges"
[ "$(there sed -n 's/^CapEff:\t//p' "/proc/$(told MainPID)/status")" = 0000000000000000 ] || failed "it has capabilities"
[ "$(there sed -n 's/^Seccomp:\t//p' "/proc/$(told MainPID)/status")" = 2 ] || failed "its calls are not filtered"

step "killed, and started again"
was=$(told MainPID)
there sh -c "kill -KILL $was" 2>/dev/null
for _ in $(seq ${TURNS:-300}); do
	! pid_wanted "$was" || break
	sleep 0.1
done
pid_wanted "$was" || failed "it was not started again"
waits "it runs again" ActiveState active
[ "$(asks /health/ready)" = ready ] || failed "it does not answer again"
[ "$(told NRestarts)" = 1 ] || failed "started more than once: $(told NRestarts)"

step "stopped: it ends by itself, with 0"
there systemctl stop zhunsheng
waits "it ends" ActiveState inactive
[ "$(told Result)" = success ] && [ "$(told ExecMainStatus)" = 0 ] || failed "it did not end well: $(told Result)"
inside setpriv --reuid=zhunsheng --regid=zhunsheng --clear-groups zhunsheng record verify \
	--store sqlite:/var/lib/zhunsheng/zhunsheng.db | tail -n 1
step "all in order"
