# What the package brings besides the program, as far as it can be judged without a machine of its own: the unit is
# understood by systemd word for word and leaves little open, and groff has nothing to say against the manual page.
# That a service started by it comes up is not shown here: these tests do not run below systemd.

sed -e "s|/usr/bin/zhunsheng|$binary|" packaging/zhunsheng.service >"$work/zhunsheng.service"
systemd-analyze verify --man=no --recursive-errors=no "$work/zhunsheng.service" >"$work/log" 2>&1
expect "the unit" $? 0
expect "systemd understands all of it" "$(cat "$work/log")" ""
printf '[Service]\nType=notify\nExecStart=%s\nProtectSystems=strict\n' "$binary" >"$work/wrong.service"
systemd-analyze verify --man=no --recursive-errors=no "$work/wrong.service" >"$work/log" 2>&1
has "a wrong word would be told" ProtectSystems "$work/log"
# In tenths; what is open: the network, of which it needs one port, and no address list.
systemd-analyze security --offline=true --no-pager --threshold=15 "$work/zhunsheng.service" >"$work/log" 2>&1
expect "exposed at most 1.5 of 10" "$? $(tail -n 1 "$work/log" | grep -o '[0-9.]* [A-Z]* ' | head -n 1)" "0 1.4 OK "

# What the service asks of the kernel, from its start through acts, a file and a login to its end, passes the unit's
# filter. fchown is SQLite's when it runs as root, as these tests may; the service has a user of its own.
packed=sqlite:$work/packed.db
"$binary" plan adopt demo/plan.txt --create-units --store "$packed" >"$work/people" 2>&1
officer=$(token "$packed" sifa write)
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 strace -f -c -o "$work/calls" \
	"$binary" serve --store "$packed" --port -1 >"$work/packed.out" 2>&1 &
traced=$!
for _ in $(seq 300); do grep -q 就绪 "$work/packed.out" && break; sleep 0.1; done
base=$(sed -n 's/^就绪 //p' "$work/packed.out")
printf '%%PDF-1.4 1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>> %%%%EOF\n' >"$work/packed.pdf"
expect "an act" "$(unit "$base" "$officer" 县气象局)" 201
expect "a file" "$(status -H "Authorization: Bearer $officer" -F "file=@$work/packed.pdf" "$base/api/v1/files")" 201
expect "a login" "$(status -d login=sifa -d "password=$(awk '$1 == "sifa" { print $2 }' "$work/people")" \
	"$base/login")" 303
kill -TERM "$(pgrep -P "$traced")"
wait "$traced"
expect "it ends cleanly" $? 0
expect "no call is filtered" "$(python3 test/operation/syscalls.py packaging/zhunsheng.service "$work/calls" |
	sed 's/^fchown$//')" ""

tools/man.sh "$binary" >"$work/zhunsheng.1"
groff -man -ww -W break -T utf8 -K utf8 "$work/zhunsheng.1" >"$work/page" 2>"$work/log"
expect "groff has nothing to say" "$(cat "$work/log")" ""
LC_ALL=C.UTF-8 sed 's/.\x08//g' "$work/page" | tr -s ' ' >"$work/plain"
for command in backup restore serve 'law publish' 'record verify'; do
	has "the page has $command" "zhunsheng $command" "$work/plain"
done
