#!/bin/bash
# The interface: a tour through every operation of its description, every reply held against it; then hostile
# requests made from the same description. HOSTILE=N says how many, SEED=N which.
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/suite.sh

store=sqlite:$work/zhunsheng.db
adopt "$store"
bees() { printf '# 养蜂法\n第一条 为了养蜂。\n第二条 %s\n第三条 本法自%s起施行。\n' "$1" "$2"; }
bees '春天搬箱。' 2001年5月1日 >"$work/old.md"
bees '夏天搬箱。' 2020年7月1日 >"$work/new.md"
"$binary" statute import "$work/old.md" "$work/new.md" --store "$store" >/dev/null
serve main "$store" --calls 0
base=$base_main
token() { "$binary" token add "$1" --scope "$2" --note 试用 --store "$store" 2>/dev/null; }

"$binary" api describe >"$work/printed"
curl -s -o "$work/served" "$base/api/v1/openapi.json"
expect "what is printed is what is served" "$(cmp "$work/printed" "$work/served" && echo same)" same
officer=$(token sifa write) reader=$(token sifa read) other=$(token danwei3 write) metrics=$(token sifa metrics)
xitong=$(token xitong write) anquan=$(token anquan write)
expect "nobody's account" "$(token nobody write; echo $?)" 1
expect "tokens are listed" "$("$binary" token list --store "$store" | grep -c 试用)" 6
export PYTHONDONTWRITEBYTECODE=1
python3 test/api/tour.py "$base" "$officer" "$reader" "$other" "$xitong" "$anquan" >"$work/tour" 2>&1
counted "$work/tour"
expect "metrics open nothing else" \
	"$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $metrics" "$base/api/v1/me")" 401
python3 test/api/hostile.py "$base" "${HOSTILE:-10000}" "${SEED:-$RANDOM}" 600 "$officer" "$other" "$reader" \
	>"$work/hostile" 2>&1
counted "$work/hostile"
expect "an ended token" "$("$binary" token end "$("$binary" token list --store "$store" |
	awk '$3 == "read" { print $1 }')" --store "$store")" 已停用
expect "opens nothing" \
	"$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $reader" "$base/api/v1/me")" 401

# A session of the pages may use the interface too, with the word that only our own pages know.
curl -s -o /dev/null -c "$work/jar" -d "login=sifa" --data-urlencode "password=$(password sifa)" "$base/login"
csrf=$(curl -s -b "$work/jar" "$base/api/v1/me" | sed -n 's/.*"csrf": "\(.*\)".*/\1/p')
add() { # add NAME HEADER: status
	curl -s -o "$work/body" -w '%{http_code}' -b "$work/jar" -H 'Content-Type: application/json' -H "$2" \
		-d "{\"values\":{\"name\":\"$1\",\"kind\":\"government\",\"led\":\"local\"}}" \
		"$base/api/v1/registers/units/entries"
}
expect "a cookie alone changes nothing" "$(add 县史志办 'X-None: 1')" 403
expect "with the word" "$(add 县史志办 "X-CSRF-Token: $csrf")" 201

stop main
expect "the store is in order" "$(test/sound.sh "$store" && echo sound)" sound
summary
