# Sourced by run.sh: tokens of programs, made by their owner with the password, ended by the owner or who keeps security.

token_make() { # token_make WHO FIELD...: the form of /me/tokens
	local who=$1
	shift
	post "$who" /me/tokens /me/tokens "$@"
}
make() { token_make danwei1 --form-string note=一体化平台 --form-string scope=write --form-string days=30 "$@"; }
expect "not without the password" "$(make --form-string password=falsch)" 422
text "beside its field" 密码不正确
expect "not without a note" "$(token_make danwei1 --form-string note= --form-string scope=read --form-string days=30 \
	--form-string "password=$(password danwei1)")" 422
expect "not for two years" "$(token_make danwei1 --form-string note=平台 --form-string scope=read --form-string days=730 \
	--form-string "password=$(password danwei1)")" 422
expect "not for the metrics" "$(token_make danwei1 --form-string note=平台 --form-string scope=metrics --form-string days=30 \
	--form-string "password=$(password danwei1)")" 422
expect "nothing was made" "$("$binary" token list --store "$store" | grep -c danwei1)" 0
expect "made with it" "$(make --form-string "password=$(password danwei1)")" 200
secret=$(grep -o '[A-Za-z0-9_-]\{43\}' "$work/body" | while read -r one; do
	[ "$(status -H "Authorization: Bearer $one" -o /dev/null "$base/api/v1/me")" = 200 ] && echo "$one"
done | head -n 1)
expect "it is shown" "${#secret}" 43
opens() { status -H "Authorization: Bearer $secret" "$base$1"; }
expect "it opens the interface" "$(opens /api/v1/me)" 200
text "for its owner" '"danwei1"'
expect "and no page" "$(opens /me/tokens)" 303
status -b "$work/danwei1" "$base/me/tokens" >/dev/null
text "it is listed" 一体化平台
no_text "but not shown again" "$secret"
expect "nor kept" "$(cat "$work"/zhunsheng.db "$work"/zhunsheng.db-wal | grep -c -- "$secret")" 0
id=$(sed -n 's/.*name="id" value="\([0-9a-f]*\)".*/\1/p' "$work/body" | head -n 1)
expect "the command line has the same" "$("$binary" token list --store "$store" | grep -c "^$id  danwei1  write")" 1
expect "another does not end it" "$(post sifa /me/tokens /me/tokens/end --form-string "id=$id")" 404
unit=$(curl -s -b "$work/anquan" "$base/register/persons" | grep -o '/m/persons/[0-9]*">演示[^<]*' | tr -dc '0-9\n')
for n in $unit; do
	status -b "$work/anquan" "$base/person/$n/account" >/dev/null
	grep -q "$id" "$work/body" && owner=/person/$n/account
done
expect "who keeps security sees it" "${owner:+seen}" seen
expect "not on another's account" "$(post anquan "$owner" /person/1/account/token --form-string "id=$id")" 404
expect "it still opens" "$(opens /api/v1/me)" 200
expect "and ends it" "$(post anquan "$owner" "$owner/token" --form-string "id=$id")" 303
expect "it opens nothing" "$(opens /api/v1/me)" 401
expect "another one" "$(make --form-string "password=$(password danwei1)")" 200
status -b "$work/danwei1" "$base/me/tokens" >/dev/null
id=$(sed -n 's/.*name="id" value="\([0-9a-f]*\)".*/\1/p' "$work/body" | head -n 1)
expect "its owner ends it" "$(post danwei1 /me/tokens /me/tokens/end --form-string "id=$id")" 303
expect "which leaves none" "$("$binary" token list --store "$store" | grep -c danwei1)" 0
for _ in $(seq 20); do
	"$binary" token add danwei1 --store "$store" >/dev/null 2>&1
done
expect "no more than twenty" "$(make --form-string "password=$(password danwei1)")" 422
text "and why" "最多 20 个访问令牌"
status -b "$work/shenji" "$base/record/access" >/dev/null
for said in 生成访问令牌 停用访问令牌; do
	text "it is noted: $said" "$said"
done
