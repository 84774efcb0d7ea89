# Sourced by run.sh: one's own account from the first password to the second factor, and what of it is noted.

csrf_of() { sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$work/body" | head -n 1; }
mine() { # mine PATH FIELD...: the new person posts
	local path=$1
	shift
	status -b "$work/new" "$base/me" >/dev/null
	status -b "$work/new" -c "$work/new" --data-urlencode "csrf=$(csrf_of)" "$@" "$base$path"
}
log_in() { status -c "$work/new" -b "$work/new" -D "$work/head" -d login=qian --data-urlencode "password=$1" "$base/login"; }
where() { sed -n 's/^Location: \(.*\)\r$/\1/p' "$work/head"; }
code_at() { test/totp.py "$1" "$2"; } # code_at SECRET STEPS

qr_of() { # qr_of PAGE: what a telephone reads from the picture
	python3 - "$1" >"$work/qr.pgm" <<'END'
import re, sys
svg = re.search(r'<p class="qr">(<svg.*?</svg>)', open(sys.argv[1], encoding='utf-8').read(), re.S)[1]
side, scale = int(re.search(r'viewBox="0 0 (\d+)', svg)[1]), 4
dark = [[255] * side for _ in range(side)]
for x, y, run in re.findall(r'M(\d+) (\d+)h(\d+)v1h-', svg):
    for i in range(int(run)):
        dark[int(y)][int(x) + i] = 0
print(f'P2 {side * scale} {side * scale} 255')
for row in dark:
    for _ in range(scale):
        print(' '.join(str(v) for v in row for _ in range(scale)))
END
	zbarimg -q --raw "$work/qr.pgm" 2>/dev/null
}

expect "a person comes" "$(post xitong /new/persons/put /new/persons/put --form-string name=钱立秋)" 303
one=/person/$(sed 's|.*/||' <<<"$(led_to)")
expect "who keeps the system makes no account" "$(status -b "$work/xitong" "$base$one/account")" 404
expect "a password that is tried first" "$(post anquan "$one/account" "$one/account" --form-string login=qian \
	--form-string password=Admin2026 --form-string again=Admin2026)" 422
text "and why" 容易被猜中
expect "an account" "$(post anquan "$one/account" "$one/account" --form-string login=qian \
	--form-string "password=gei ni de ci" --form-string "again=gei ni de ci")" 303
expect "log in with what was given" "$(log_in "gei ni de ci")" 303
expect "nothing opens before a password of one's own" "$(status -b "$work/new" "$base/ledger")" 303
expect "nor by the interface" "$(status -b "$work/new" "$base/api/v1/registers")" 403
expect "the old one is asked" "$(mine /me/password -d old=falsch --data-urlencode "password=zi ji de ci" \
	--data-urlencode "again=zi ji de ci")" 422
text "beside its field" 原密码不正确
expect "it is changed" "$(mine /me/password --data-urlencode "old=gei ni de ci" --data-urlencode "password=zi ji de ci" \
	--data-urlencode "again=zi ji de ci")" 303
expect "now it opens" "$(status -b "$work/new" "$base/ledger")" 200
expect "what was given opens nothing" "$(status -d login=qian --data-urlencode "password=gei ni de ci" "$base/login")" 403

status -b "$work/new" "$base/me/factor" >/dev/null
secret=$(sed -n 's/.*secret=\([A-Z2-7]*\)&.*/\1/p' "$work/body" | head -n 1)
expect "a secret of 160 bits" "${#secret}" 32
if command -v zbarimg >/dev/null; then
	expect "the picture says what the link says" "$(qr_of "$work/body")" \
		"$(sed -n 's/.*href="\(otpauth:[^"]*\)".*/\1/p' "$work/body" | sed 's/&amp;/\&/g')"
else
	echo "skipped: zbarimg is absent"
fi
expect "a wrong code does not start it" "$(mine /me/factor -d code=000000)" 422
expect "the right one does" "$(mine /me/factor -d "code=$(code_at "$secret" 0)")" 200
recovery=$(sed -n 's|.*<li><code>\([^<]*\)</code>.*|\1|p' "$work/body")
expect "ten recovery codes" "$(wc -l <<<"$recovery")" 10
expect "the store holds no secret" "$(grep -c "$secret" "$work/zhunsheng.db")" 0
rm -f "$work/new"
expect "the password alone" "$(log_in "zi ji de ci")" 303
expect "leads to the code" "$(where | sed 's/?.*//')" /login/code
expect "and opens nothing" "$(status -b "$work/new" "$base/ledger")" 303
expect "a wrong code" "$(status -b "$work/new" -c "$work/new" -d code=000000 "$base/login/code")" 403
used=$(code_at "$secret" 1) # kept: on a slow machine the next step comes before it is tried again
expect "the code of the next step" "$(status -b "$work/new" -c "$work/new" -d "code=$used" "$base/login/code")" 303
expect "opens" "$(status -b "$work/new" "$base/ledger")" 200
rm -f "$work/new"
log_in "zi ji de ci" >/dev/null
expect "a code that was used" "$(status -b "$work/new" -c "$work/new" -d "code=$used" "$base/login/code")" 403
expect "a recovery code instead" "$(status -b "$work/new" -c "$work/new" -d "code=$(head -n 1 <<<"$recovery")" \
	"$base/login/code")" 303
rm -f "$work/new"
log_in "zi ji de ci" >/dev/null
expect "but not twice" "$(status -b "$work/new" -c "$work/new" -d "code=$(head -n 1 <<<"$recovery")" \
	"$base/login/code")" 403
expect "a new password leaves the factor" "$(post anquan "$one/account" "$one/account" --form-string login=qian \
	--form-string "password=zai gei yi ci" --form-string "again=zai gei yi ci")" 303
rm -f "$work/new"
log_in "zai gei yi ci" >/dev/null
expect "so it still asks" "$(where | sed 's/?.*//')" /login/code
expect "who keeps security takes it away" "$(post anquan "$one/account" "$one/account/factor" --form-string do=yes)" 303
rm -f "$work/new"
log_in "zai gei yi ci" >/dev/null
expect "then the password is enough" "$(where)" /
own=$(curl -s -b "$work/anquan" "$base/register/persons" | grep -o '<a href="/m/persons/[0-9]*">演示庚' | tr -dc 0-9)
expect "nobody does that for himself" \
	"$(post anquan "/person/$own/account" "/person/$own/account/factor" --form-string do=yes)" 422

expect "an attempt under a name that nobody has" "$(status -d login=passwort-im-falschen-feld -d password=x "$base/login")" 403
expect "back in" "$(status -d "login=sifa" -d "password=$(password sifa)" "$base/login")" 303
expect "a page that is not one's own" "$(status -b "$work/danwei1" "$base/record/upkeep")" 403
status -b "$work/shenji" "$base/record/access" >/dev/null
for said in 登录失败 使用恢复码登录 修改密码 启用动态口令 重置动态口令 设定账号密码 无权限，已拒绝; do
	text "it is noted: $said" "$said"
done
expect "who audits takes the log along" "$(status -b "$work/shenji" "$base/record/access.csv")" 200
text "with what happened" 使用恢复码登录
expect "as a workbook too" "$(status -b "$work/shenji" "$base/record/access.xlsx")" 200
expect "nobody else does" "$(status -b "$work/sifa" "$base/record/access.csv")" 403
status -b "$work/shenji" "$base/record/access" >/dev/null
text "that is noted too" 导出
expect "what was typed as a name is nowhere" \
	"$(cat "$work"/zhunsheng.db "$work"/zhunsheng.db-wal "$work/main.err" | grep -c passwort-im-falschen-feld)" 0
