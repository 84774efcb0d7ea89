#!/bin/bash
# deb.sh [DIR]: builds the Debian package of this tree into DIR (default: build-deb). What it depends on is computed from
# the program itself; no debhelper, so that the whole of it can be read here.
set -eu
cd "$(dirname "$0")/.."
tools/install.sh build deb
out=$(mkdir -p "${1:-build-deb}" && realpath "${1:-build-deb}")
[ -f "$out/build/build.ninja" ] || meson setup --prefix=/usr --buildtype=debugoptimized "$out/build" >"$out/log" ||
	{ cat "$out/log"; exit 1; }
ninja -C "$out/build" zhunsheng >"$out/log" || { tail -n 40 "$out/log"; exit 1; }

version=$(sed -n "s/^  version : '\(.*\)',/\1/p" meson.build)
architecture=$(dpkg --print-architecture)
root=$out/root
rm -rf "$root"
install -D -m 755 -s "$out/build/zhunsheng" "$root/usr/bin/zhunsheng"
mkdir -p "$root/usr/share/zhunsheng" "$root/usr/share/man/man1" "$root/usr/share/doc/zhunsheng" "$root/DEBIAN"
cp -r law demo "$root/usr/share/zhunsheng/"
install -D -m 644 packaging/zhunsheng.service "$root/lib/systemd/system/zhunsheng.service"
install -D -m 644 packaging/default "$root/etc/default/zhunsheng"
install -m 644 LICENSE "$root/usr/share/doc/zhunsheng/copyright"
install -m 644 docs/*.md "$root/usr/share/doc/zhunsheng/"
tools/man.sh "$out/build/zhunsheng" | gzip -9n >"$root/usr/share/man/man1/zhunsheng.1.gz"
for script in postinst prerm postrm; do
	install -m 755 "packaging/$script" "$root/DEBIAN/$script"
done
echo /etc/default/zhunsheng >"$root/DEBIAN/conffiles"
find "$root" -type d -exec chmod 755 {} +
chmod -R a+rX,go-w "$root/usr/share"

# dpkg-shlibdeps wants a source package around it; two lines are one.
mkdir -p "$out/shlibs/debian"
printf 'Source: zhunsheng\nPackage: zhunsheng\nArchitecture: any\n' >"$out/shlibs/debian/control"
depends=$(cd "$out/shlibs" && dpkg-shlibdeps -O "$root/usr/bin/zhunsheng" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<CONTROL
Package: zhunsheng
Version: $version
Architecture: $architecture
Maintainer: Zhunsheng <zhunsheng@localhost>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $depends, libopencc-data, adduser
Recommends: graphviz, fonts-noto-cjk
Section: misc
Priority: optional
Description: a county's government by law, as one program
 Plans become ledgers of tasks, every act has its record and its basis, and
 nobody can change afterwards what happened without being seen.
CONTROL
dpkg-deb --root-owner-group --build "$root" "$out/zhunsheng_${version}_$architecture.deb" >/dev/null
echo "$out/zhunsheng_${version}_$architecture.deb"
