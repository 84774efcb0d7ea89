#!/bin/bash
# run.sh [SCRIPT...]: the scripts of this folder against the sanitized binary, on a store of their own and a
# free port. A server that does not end cleanly (a leak, an overrun) is one failure more.
set -u
cd "$(dirname "$0")/../.." || exit 1
binary=${ZHUNSHENG:-build-test/zhunsheng}
work=$(mktemp -d)
server=
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT

store=sqlite:$work/store.db
echo 'right one 准绳' | "$binary" account set li --store "$store" --person persons/1 || {
	echo "0 passed, 1 failed, 0 skipped"
	exit 1
}
# What a killed server left of its uploads goes when the next one starts; what a living one holds stays.
left=$(mktemp -d /tmp/zhunsheng-upload-XXXXXX) held=$(mktemp -d /tmp/zhunsheng-upload-XXXXXX)
echo x >"$left/upload-1"
touch -d '2 hours ago' "$left" "$held"
exec 8<"$held"
flock 8
"$binary" serve --store "$store" --port -1 --style --today 2018-06-01 >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 100); do
	port=$(sed -n 's/^就绪 http:.*://p' "$work/out")
	[ -n "$port" ] && break
	sleep 0.1
done
swept=failed
[ ! -e "$left" ] && [ -d "$held" ] && swept=passed
rmdir "$held"
exec 8<&-
scripts=("$@")
[ $# -gt 0 ] || scripts=(test/http/*.http)
build-test/test/http/http "${port:-0}" "${scripts[@]}" >"$work/log"
grep -v ' passed, ' "$work/log"
counts=$(tail -n 1 "$work/log")
[[ $counts =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]] || counts="0 passed, 1 failed"
passed=${BASH_REMATCH[1]:-0} failed=${BASH_REMATCH[2]:-1}
kill -INT "$server"
wait "$server"
status=$?
server=
if [ "$status" -ne 0 ]; then
	echo "FAILED the server ended with status $status:"
	head -c 4000 "$work/err"
	failed=$((failed + 1))
else
	passed=$((passed + 1))
fi
if [ $swept = passed ]; then
	passed=$((passed + 1))
else
	echo "FAILED uploads that a killed server left are swept, those of a living one are not"
	failed=$((failed + 1))
fi
if test/sound.sh "$store"; then
	passed=$((passed + 1))
else
	echo "FAILED the store that the scripts left is not in order"
	failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
