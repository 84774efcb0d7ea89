#!/bin/sh
# check-lists.sh [ROOT]: each meson.build lists every source file of its folder, each once (a file that nobody
# builds is dead, and so are its tests), the links of the project's own Markdown lead somewhere, and
# each library that meson.build asks for is installed by tools/install.sh and justified in ARCHITECTURE.md.
# Prints `file:line: why`.
set -eu
cd "${1:-$(dirname "$0")/..}"
bad=0

for file in $(find src $(ls -d test 2>/dev/null) -name '*.c' -not -path 'test/check/*' | LC_ALL=C sort); do
	list=$(dirname "$file")/meson.build
	[ "$list" != src/meson.build ] || list=meson.build
	name=${file##*/}
	[ "$list" != meson.build ] || name=src/$name
	times=$(grep -vE '^ *#' "$list" 2>/dev/null | grep -oF "'$name'" | wc -l)
	if [ "$times" -ne 1 ]; then
		echo "$list:1: lists $file $times times"
		bad=1
	fi
done

for page in $(find . -name '*.md' -not -path './build*' -not -path '*/node_modules/*' -not -path './var/*' \
	-not -path './test/check/*' -not -path './.git/*' | sed 's|^\./||' | LC_ALL=C sort); do
	grep -noE '\]\([^) ]+\)' "$page" | sed -E 's/^([0-9]+):\]\(([^)#]*).*\)$/\1 \2/' |
	while read -r line link; do
		case $link in '' | *://* | mailto:*) continue ;; esac
		[ -e "$(dirname "$page")/$link" ] || echo "$page:$line: $link does not exist"
	done
done | { ! grep .; } || bad=1

libraries=$(sed -n "/^foreach name : \[/,/\]/p" meson.build | grep -oE "'[^']+'" | tr -d "'")
for library in $libraries; do
	grep -qE "^	want [a-z0-9-]+ module $library\$" tools/install.sh || {
		echo "tools/install.sh:1: does not install what brings $library"
		bad=1
	}
done
for library in $libraries $(grep -oE "find_library\('[^']+'" meson.build | sed "s/.*'\(.*\)'/\1/"); do
	grep -qF "\`$library\`" ARCHITECTURE.md || {
		echo "ARCHITECTURE.md:1: does not say why there is \`$library\`"
		bad=1
	}
done
exit $bad
