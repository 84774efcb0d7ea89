# Backup and restore, into both engines; a backup that is older than the checkpoint outside is told and refused, and
# taken only with a reason that the log of access keeps.

mkdir "$work/usb"
"$binary" backup --store "$demo" --to "$work/usb" >"$work/log" 2>&1
expect "a backup" $? 0
has "secrets are not in it" 签名密钥和账号不在此备份中 "$work/log"
expect "really" "$(find "$work/usb" -name '*.key' | wc -l)" 0
old=$(size "$demo")
serve two "$demo"
officer=$(token "$demo" sifa write)
expect "one more" "$(unit "$base_two" "$officer" 县图书馆)" 201
# Somebody with a second factor: the county must not come back without it.
csrf() { sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$work/body" | head -n 1; }
log_in() { # log_in BASE: as shenji; prints where that leads
	rm -f "$work/factor"
	status -c "$work/factor" -D "$work/head" -d login=shenji -d "password=$password" "$1/login" >/dev/null
	sed -n 's/^Location: \([^?\r]*\).*/\1/p' "$work/head"
}
password=$(awk '$1 == "shenji" { print $2 }' "$work/accounts")
log_in "$base_two" >/dev/null
status -b "$work/factor" "$base_two/me/factor" >/dev/null
secret=$(sed -n 's/.*secret=\([A-Z2-7]*\)&.*/\1/p' "$work/body" | head -n 1)
expect "a second factor" "$(status -b "$work/factor" -d "csrf=$(csrf)" -d "code=$(test/totp.py "$secret" -1)" \
	"$base_two/me/factor")" 200
recovery=$(sed -n 's|.*<li><code>\([^<]*\)</code>.*|\1|p' "$work/body" | head -n 1)
stop two
cp -r "$work/usb" "$work/old"
"$binary" backup --store "$demo" --to "$work/usb" --keys "$work/usb" >"$work/log" 2>&1
expect "secrets in the same place" $? 2
has "are refused" 须与记录分开存放 "$work/log"
"$binary" backup --store "$demo" --to "$work/usb" --keys "$work/safe" >"$work/log" 2>&1
expect "only what is new" $? 0
has "the secrets" '（1 个有动态口令）已备份到' "$work/log"
expect "for the owner alone" "$(stat -c %a "$work/safe/signing.key" "$work/safe/factors.key" "$work/safe/accounts.db" |
	sort -u)" 600
new=$(size "$demo")
has "the count" "新复制记录 $((new - old)) 条" "$work/log"

for to in "sqlite:$work/restored.db" "$(database restored)"; do
	(cd "$work" && "$binary" restore --from "$work/usb" --to "$to" --keys "$work/safe" \
		--against "$work/demo.db.checkpoints") >"$work/log" 2>&1 || cat "$work/log"
	has "restored" 已重建 "$work/log"
	expect "all of it" "$(size "$to")" "$new"
	"$binary" record rebuild --check --store "$to" >"$work/log" 2>&1
	expect "rebuild equals live" $? 0
	serve three "$to" --checkpoints "$work/new.checkpoints"
	expect "an account works" "$(status -d login=sifa -d "password=$(awk '$1 == "sifa" { print $2 }' \
		"$work/accounts")" "$base_three/login")" 303
	expect "the password alone leads to the code" "$(log_in "$base_three")" /login/code
	expect "and opens nothing" "$(status -b "$work/factor" "$base_three/ledger")" 303
	expect "the telephone still has it" "$(status -b "$work/factor" -c "$work/factor" \
		-d "code=$(test/totp.py "$secret" 1)" "$base_three/login/code")" 303
	expect "it opens" "$(status -b "$work/factor" "$base_three/ledger")" 200
	log_in "$base_three" >/dev/null
	expect "a recovery code as well" "$(status -b "$work/factor" -d "code=$recovery" "$base_three/login/code")" 303
	officer=$(token "$to" sifa write)
	expect "and acts" "$(unit "$base_three" "$officer" 县文化馆)" 201
	stop three
	rm -f "$work/new.checkpoints"
	rm -rf "$work/var"
done
expect "the same key" "$(cmp "$work/restored.db.key" "$work/demo.db.key" && echo same)" same

# The old one: what is missing, by number, and nothing is done.
to=sqlite:$work/late.db
"$binary" restore --from "$work/old" --to "$to" --against "$work/demo.db.checkpoints" >"$work/log" 2>&1
expect "an old backup" $? 1
has "what is missing" "备份到第 $old 条为止" "$work/log"
has "to the last" "缺少第 $((old + 1)) 条至第 $new 条，共 $((new - old)) 条" "$work/log"
has "and that nothing was done" 没有恢复任何内容 "$work/log"
expect "really nothing" "$([ -e "$work/late.db" ] && echo there || echo none)" none
cp "$work/demo.db.checkpoints" "$work/late.db.checkpoints"
"$binary" restore --from "$work/old" --to "$to" --keys "$work/safe" >"$work/log" 2>&1
expect "neither with the checkpoints at their place" $? 1
"$binary" restore --from "$work/old" --to "$to" --keys "$work/safe" --accept-loss 硬盘损坏 >"$work/log" 2>&1
expect "with a reason" $? 0
has "the old checkpoints are kept" 原存证点文件改名保存为 "$work/log"
expect "under a name that tells" "$(ls "$work"/late.db.checkpoints.before-restore-* | wc -l)" 1
serve four "$to"
expect "it serves" "$(status "$base_four/health/ready")" 200
log_in "$base_four" >/dev/null
status -b "$work/factor" -c "$work/factor" -d "code=$recovery" "$base_four/login/code" >/dev/null
status -b "$work/factor" "$base_four/record/access" >/dev/null
has "the loss is told for ever" 从旧备份恢复 "$work/body"
stop four
# A store that a server still finds behind its checkpoints does not start.
"$binary" serve --store "$broken" --port -1 --checkpoints "$work/demo.db.checkpoints" >"$work/log" 2>&1
expect "behind its checkpoint" $? 1
has "and why" 落后于存证点 "$work/log"
# A backup that was altered is found before anything is opened from it.
cp -r "$work/usb" "$work/altered"
printf 'DROP TRIGGER event_fixed; UPDATE event SET done = done - 1 WHERE seq = 7;' |
	python3 -c 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.executescript(sys.stdin.read()); d.close()' \
		"$work/altered/record.db"
"$binary" restore --from "$work/altered" --to "sqlite:$work/never.db" >"$work/log" 2>&1
expect "an altered backup" $? 1
has "is named" '第 7 号记录' "$work/log"
