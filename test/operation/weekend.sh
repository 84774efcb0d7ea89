# What runs out on a Saturday while the server is off is written before Monday's first act is judged, by the real server
# and its own clock, which reads Friday and then Monday; that act is refused, one of Friday was not.

permits=sqlite:$work/permits.db
writer=$(dirname "$binary")/test/crash/writer
"$writer" write "$permits" weekend/demo 2>/dev/null | head -n 1 >"$work/log"
mkdir "$work/permits"
"$writer" laws "$work/permits" 附言
cat >"$work/permits/permit.procedure.yaml" <<'YAML'
procedure: permit
title: 许可
in_force: { from: 2000-01-01 }
basis: [试行规定/一]
unit: body
fields:
  body: { title: 单位, type: entry, of: units, required: true }
  valid-to: { title: 有效期至, type: day, required: true }
stages: { valid: 有效, expired: 已失效 }
final: [expired]
actions:
  grant: { title: 准予, at: new, by: write, form: [body, valid-to], then: valid }
  prolong: { title: 延续, at: valid, by: write, form: [valid-to] }
  revoke: { title: 撤回, at: valid, by: write, then: expired }
clocks:
  - { id: expiry, title: 有效期, at: valid_to, until: [revoke], lapse: { then: expired }, basis: [试行规定/二] }
YAML
sql() { # sql STATEMENT: on the store of permits, rows with blanks between
	python3 -c 'import sqlite3, sys
d = sqlite3.connect(sys.argv[1])
for row in d.execute(sys.argv[2]): print(*row)
d.commit()' "$work/permits.db" "$1"
}
subject() { sql "SELECT subject FROM event WHERE subject LIKE '$1/%' ORDER BY seq LIMIT 1"; }
"$binary" law publish "$work/permits" --store "$permits" --log weekend/demo >"$work/log" 2>&1
expect "published" $? 0
echo 'lvxing-qiche-shan 43' | "$binary" account set zhang --store "$permits" --person "$(subject persons)" >"$work/log"
officer=$(token "$permits" zhang write)

# The coming Friday (and its Saturday and Monday) here, and how far its ten o'clock is from now.
read -r friday saturday monday later ahead < <(python3 -c 'import datetime as d
zone = d.timezone(d.timedelta(hours=8))
now = d.datetime.now(zone)
f = (now + d.timedelta(days=(4 - now.weekday()) % 7 + 7)).replace(hour=10, minute=0, second=0)
print(*((f + d.timedelta(days=n)).date() for n in (0, 1, 3, 400)), int((f - now).total_seconds() * 1000))')
permit() { # permit PATH FORM: status
	status -H "Authorization: Bearer $officer" -H 'Content-Type: application/json' -d "{\"form\":{$2}}" \
		"$base_week/api/v1/procedures/permit/$1"
}
sql "UPDATE log SET offset_ms = $ahead"
serve week "$permits" --log weekend/demo
expect "granted on Friday $friday" \
	"$(permit open/grant "\"body\":\"$(subject units)\",\"valid-to\":\"$saturday\"")" 201
one=$(subject permit)
expect "one more" "$(permit open/grant "\"body\":\"$(subject units)\",\"valid-to\":\"$saturday\"")" 201
expect "it can be prolonged on Friday" "$(permit "matters/${one#*/}/do/prolong" "\"valid-to\":\"$later\"")" 200
other=permit/$(($(cut -d/ -f2 <<<"$one") + 1))
stop week
sql "UPDATE log SET offset_ms = offset_ms + 3 * 86400000"
expect "nobody has written anything meanwhile" "$(sql "SELECT count(*) FROM event WHERE kind = 'clock-lapsed' AND
	subject LIKE 'permit/%'")" 0
serve week "$permits" --log weekend/demo
expect "on Monday $monday it cannot" "$(permit "matters/${other#*/}/do/prolong" "\"valid-to\":\"$later\"")" 422
has "because of its stage" '"code": "at"' "$work/body"
expect "what was prolonged still can" "$(permit "matters/${one#*/}/do/prolong" "\"valid-to\":\"$later\"")" 200
stop week
expect "the term ended with Saturday" "$(sql "SELECT subject, body FROM event WHERE kind = 'clock-lapsed' AND
	subject LIKE 'permit/%'" | sed "s/b'//" | python3 -c 'import datetime as d, re, sys
text = sys.stdin.read()
at = int(re.search(r"\"at\":(\d+)", text).group(1)) // 1000
print(text.split()[0], d.datetime.fromtimestamp(at, d.timezone(d.timedelta(hours=8))).strftime("%Y-%m-%d %H:%M"))')" \
	"$other $(date -d "$saturday + 1 day" +%F) 00:00"
expect "and no other act stands there" "$(sql "SELECT count(*) FROM event WHERE subject = '$other'")" 2
expect "permits: in order" "$(test/sound.sh "$permits" && echo sound)" sound
