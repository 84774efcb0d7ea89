#!/bin/sh
# install.sh SET...: makes sure that what a set needs is on this Debian 12. The sets are build, check, test,
# clang, fuzz, bench and deb.
# When everything is there it does nothing, touches no network and needs no rights. Otherwise it installs with
# apt as root or through sudo; where neither is possible it prints the one line to run and stops.
#
# What is asked is whether a thing works (a command, a pkg-config module, a header), not whether Debian's
# package of that name is installed: a newer node or a compiler of one's own is welcome.
set -eu

missing=

want() { # want PACKAGE TEST...: PACKAGE is missing unless TEST succeeds
	package=$1
	shift
	"$@" >/dev/null 2>&1 || missing="$missing $package"
}

has() { command -v "$1"; }
module() { has pkg-config && pkg-config --exists "$1"; }
header() { has gcc && echo "#include <$1>" | gcc -E -x c - ; }
python_jsonschema() { has python3 && python3 -c 'from jsonschema import Draft202012Validator'; }
some() { # some PATTERN...: at least one existing file
	for found; do
		[ -e "$found" ] && return 0
	done
	return 1
}

build_set() {
	want gcc has gcc
	want libc6-dev header stdio.h
	want make has make
	want meson has meson
	want ninja-build has ninja
	want pkg-config has pkg-config
	want libsqlite3-dev module sqlite3
	want libpq-dev module libpq
	want libyaml-dev module yaml-0.1
	want libssl-dev module libcrypto
	want libsodium-dev module libsodium
	want libmicrohttpd-dev module libmicrohttpd
	want libutf8proc-dev module libutf8proc
	want libzip-dev module libzip
	want libexpat1-dev module expat
	want libxlsxwriter-dev module xlsxwriter
	want libopencc-dev module opencc
	want libopencc-data some /usr/share/opencc/t2s.json
	want libgmp-dev header gmp.h
	want libpcre2-dev module libpcre2-8
	want libjansson-dev module jansson
	want libqrencode-dev module libqrencode
	want graphviz has dot
}

test_set() {
	want postgresql-15 some /usr/lib/postgresql/*/bin/initdb
	want chromium has chromium
	want chromium-headless-shell has chromium-headless-shell
	want fonts-noto-cjk some /usr/share/fonts/opentype/noto/NotoSansCJK*
	want nodejs has node
	want npm has npm
	want ca-certificates some /etc/ssl/certs/ca-certificates.crt
	want curl has curl
	want zbar-tools has zbarimg
	want python3-jsonschema python_jsonschema
	want python3-yaml /usr/bin/python3 -c 'import yaml'
	want systemd has systemd-analyze
	want strace has strace
	want groff-base has groff
	want procps has pgrep
}

clang_set() {
	want clang has clang
}

fuzz_set() {
	clang_set
	want libclang-rt-14-dev some /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a
}

check_set() {
	want clang-format has clang-format
	want groff-base has groff
}

deb_set() {
	want dpkg-dev has dpkg-shlibdeps
	want debootstrap has debootstrap
}

bench_set() {
	want wrk has wrk
	want nginx-light some /usr/sbin/nginx
	want curl has curl
}

for set; do
	case $set in
	build) build_set ;;
	check) check_set ;;
	test) test_set ;;
	clang) clang_set ;;
	fuzz) fuzz_set ;;
	bench) bench_set ;;
	deb) deb_set ;;
	*) echo "install.sh: no such set: $set (build, check, test, clang, fuzz, bench, deb)" >&2; exit 2 ;;
	esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
	as_root=env
elif has sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
	as_root='sudo env'
else
	as_root=
fi
if [ -z "$as_root" ] || ! has apt-get >/dev/null; then
	echo "Missing. As an administrator run, then try again:" >&2
	echo "apt-get update && apt-get install -y --no-install-recommends$missing" >&2
	exit 1
fi

echo "installing:$missing"
log=$(mktemp)
if ! { $as_root DEBIAN_FRONTEND=noninteractive apt-get update -q &&
	$as_root DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
		$missing; } >"$log" 2>&1 </dev/null; then
	tail -n 20 "$log" >&2
	echo "install.sh: apt could not install:$missing" >&2
	rm -f "$log"
	exit 1
fi
rm -f "$log"
