#!/bin/bash
# The commands an administrator types, on both engines: adopting a plan into an empty store, publishing and
# withdrawing definitions, moving matters to a corrected edition, taking statutes in. What is refused writes nothing.
set -u
cd "$(dirname "$0")/../.." || exit 1
binary=${ZHUNSHENG:-build-test/zhunsheng}
work=$(mktemp -d)
chmod 755 "$work"
passed=0 failed=0 own_pg=
finish() {
	[ -z "$own_pg" ] || tools/pg-temp.sh stop "$work/pg"
	rm -rf "$work"
}
trap finish EXIT
if [ -z "${ZS_TEST_PG:-}" ]; then
	ZS_TEST_PG=$(tools/pg-temp.sh start "$work/pg") || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
	own_pg=yes
fi

expect() { # expect STATUS PATTERN ARGUMENT...: the program's exit status, and what it says
	local want=$1 pattern=$2 got
	shift 2
	"$binary" "$@" >"$work/out" 2>"$work/err"
	got=$?
	if [ $got -eq "$want" ] && cat "$work/out" "$work/err" | grep -q -- "$pattern"; then
		passed=$((passed + 1))
	else
		echo "FAILED $*: status $got, not $want, or no '$pattern' in:"
		head -20 "$work/out" "$work/err"
		failed=$((failed + 1))
	fi
}
check() { # check WHAT COMMAND...
	local what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		echo "FAILED $what"
		failed=$((failed + 1))
	fi
}
size() { "$binary" record verify --store "$1" 2>"$work/err" | sed -n '1s/.*：\([0-9]*\) 条记录.*/\1/p'; }
sound() { # sound STORE: in order, and equal to its rebuild
	expect 0 '核验通过' record verify --store "$1"
	expect 0 '两者相同' record rebuild --check --store "$1"
}

# --- what cannot be adopted leaves nothing behind ---

none=$work/none.db
printf '关于开展活动的通知\n各位同事：\n请于周五下午到会议室参加。\n' >"$work/letter.txt"
: >"$work/empty.txt"
head -c 17000000 /dev/zero | tr '\0' 'a' >"$work/large.txt"
printf '\377\376\000\330\001\002' >"$work/broken.txt"
printf '%%PDF-1.4\n' >"$work/plan.pdf"
for file in letter.txt empty.txt large.txt broken.txt plan.pdf missing.txt; do
	expect 2 '.' plan adopt "$work/$file" --create-units --store "sqlite:$none"
	check "$file wrote nothing" [ ! -e "$none" ]
done
expect 2 '用法' plan adopt demo/plan.txt --store "sqlite:$none"
expect 2 '用法' plan adopt --create-units --store "sqlite:$none"
expect 2 '不认识的选项' plan adopt demo/plan.txt --create-units --nonsense --store "sqlite:$none"
expect 2 '日期' plan adopt demo/plan.txt --create-units --today soon --store "sqlite:$none"
expect 1 '.' plan adopt demo/plan.txt --create-units --store "sqlite:$work/no/such/folder.db"
expect 1 '.' plan adopt demo/plan.txt --create-units --store "postgres:host=$work/nowhere user=zs"
expect 1 'kernel' plan adopt demo/plan.txt --create-units --law "$work" --store "sqlite:$none"
check "nothing was written" [ ! -e "$none" ]

# --- expressions and decision models, without a store ---

expect 0 '^16$' feel 'a b * 4' --context '{"a b": 4}'
expect 0 '^{"day": @"2026-02-28", "list": \[1.5, "x\\"y"\]}$' \
	feel '{day: @"2026-01-31" + @"P1M", list: [1.50, "x\"y"]}'
expect 0 '^false$' feel 'x = 2' --context '{"x": null}'
expect 0 '缺少：x' feel 'x = 2' --context '{"x": null}' --strict
expect 2 '表达式:1:5: ' feel '1 + '
expect 2 '^--context:1:2: ' feel '1' --context '['
expect 2 '超出上限' feel 'for i in 1..20000 return i'
expect 2 '用法' feel
expect 2 '多余' feel 1 2
expect 0 '^passed \([0-9]*\) of \1$' tck test/dmn --out "$work/results.csv"
check "a line for each case" grep -q '^"tables","tables-test","001","SUCCESS",""$' "$work/results.csv"
mkdir "$work/kit" && cp test/dmn/tables/* "$work/kit" && sed -i 's/>small</>tiny</' "$work/kit/tables-test.xml"
expect 0 '^passed 1[0-9] of 15$' tck "$work/kit" --out "$work/results.csv"
check "what was expected" grep -q '"ERROR",".*应当是 tiny' "$work/results.csv"
expect 1 '不存在' tck "$work/nowhere"
expect 2 '用法' tck

# --- adopted once, on each engine ---

schema=cli$$
psql -q "$ZS_TEST_PG" -c "CREATE SCHEMA $schema" || failed=$((failed + 1))
postgres="postgres:$ZS_TEST_PG options='-csearch_path=$schema'"
sqlite=sqlite:$work/adopted.db
for store in "$postgres" "$sqlite"; do
	expect 0 '^sifa ' plan adopt demo/plan.txt --create-units --store "$store"
	check "accounts" [ "$(wc -l <"$work/out")" -ge 4 ]
	before=$(size "$store")
	check "a log that grew" [ "$before" -gt 100 ]
	expect 2 '已有数据' plan adopt demo/plan.txt --create-units --store "$store"
	expect 2 '.' plan adopt "$work/letter.txt" --create-units --store "$store"
	check "the second time wrote nothing" [ "$(size "$store")" = "$before" ]
	sound "$store"
done
check "the same length on both" [ "$(size "$sqlite")" = "$(size "$postgres")" ]

# --- definitions: withdrawn, corrected, matters moved ---

cp -r law "$work/law"
rm -r "$work/law/norms"
sed 's/^title: .*/&（更正）/' law/programme/task.procedure.yaml >"$work/law/programme/task.procedure.yaml"
person=$(psql -qAt "$ZS_TEST_PG" -c "SELECT min(subject) FROM $schema.e_persons")
for store in "$postgres" "$sqlite"; do
	expect 0 '撤下 norms/norm.procedure.yaml' law publish "$work/law" --store "$store"
	check "what changed" grep -q '^公布了 1 个' "$work/out"
	before=$(size "$store")
	expect 0 '^公布了 0 个有变动的文件，撤下了 0 个' law publish "$work/law" --store "$store"
	rm -rf "$work/less"
	cp -r "$work/law" "$work/less"
	rm "$work/less/programme/reminder-letter.document.yaml"
	expect 2 '没有文书“reminder-letter”' law publish "$work/less" --store "$store"
	rm -r "$work/less/programme" "$work/less/kernel/workdays/2007.yaml"
	expect 2 '不能撤下' law publish "$work/less" --store "$store"
	expect 2 '用法' law move task --erratum --person "$person" --store "$store"
	expect 2 '用法' law move task --person "$person" --reason 更正名称 --store "$store"
	expect 2 '不是今天在册的人员' law move task --erratum --person persons/1 --reason 更正名称 --store "$store"
	expect 2 '没有现行有效的程序' law move norm --erratum --person "$person" --reason 更正名称 --store "$store"
	check "refused and not written" [ "$(size "$store")" = "$before" ]
	expect 0 '件未办结的事项' law move task --erratum --person "$person" --reason 更正名称 --store "$store"
	moved=$(grep -c '^task/' "$work/out")
	check "an event on each" [ "$(size "$store")" -eq $((before + moved)) ]
	check "each is listed" [ "$moved" -gt 5 ]
	expect 0 '^0 件' law move task --erratum --person "$person" --reason 更正名称 --store "$store"
	sound "$store"

	# As text into the archive, and from it into a store where the county goes on.
	rm -f "$work/text" "$work/again" "$work"/read.db*
	expect 0 '已写入' record export --store "$store" --to "$work/text"
	expect 2 '已经存在' record export --store "$store" --to "$work/text"
	expect 0 '摘要逐条相符' record import "$work/text" --to "sqlite:$work/read.db"
	expect 0 '新读入记录 0 条' record import "$work/text" --to "sqlite:$work/read.db"
	expect 0 '重建' record rebuild --store "sqlite:$work/read.db"
	sound "sqlite:$work/read.db"
	expect 0 '已写入' record export --store "sqlite:$work/read.db" --to "$work/again"
	check "the same text" cmp -s "$work/text" "$work/again"
	head -n 40 "$work/text" >"$work/half"
	rm -f "$work"/half.db*
	expect 2 '缺最后一行' record import "$work/half" --to "sqlite:$work/half.db"
	expect 0 '摘要逐条相符' record import "$work/text" --to "sqlite:$work/half.db"
done

# --- open matters under a new edition, by a transitional rule; killed half-way, each is moved once ---

cp -r law "$work/newlaw"
python3 test/cli/crossing.py "$work/newlaw" "$work/many.txt"
crossing=crossing$$
psql -q "$ZS_TEST_PG" -c "CREATE SCHEMA $crossing" || failed=$((failed + 1))
many_pg="postgres:$ZS_TEST_PG options='-csearch_path=$crossing'" many_sqlite=sqlite:$work/many.db
moves_pg() { psql -qAt "$ZS_TEST_PG" -c "SELECT count($1) FROM $crossing.event WHERE kind = 'edition-moved'"; }
many() { # many STATEMENT: on the SQLite store; its first value
	python3 -c 'import sqlite3, sys; print(*(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone() or ()))' \
		"$work/many.db" "$1"
}
moves_sqlite() { many "SELECT count($1) FROM event WHERE kind = 'edition-moved'"; }
who_pg() { psql -qAt "$ZS_TEST_PG" -c "SELECT min(subject) FROM $crossing.e_persons"; }
who_sqlite() { many "SELECT min(subject) FROM e_persons"; }
# Each move takes ten milliseconds while this stands, so that a batch is under way when the first is seen.
slow_pg() {
	psql -q "$ZS_TEST_PG" -c "CREATE FUNCTION $crossing.slow() RETURNS trigger LANGUAGE plpgsql AS
		'BEGIN PERFORM pg_sleep(0.01); RETURN NULL; END';
		CREATE TRIGGER slow AFTER INSERT ON $crossing.event FOR EACH ROW WHEN (NEW.kind = 'edition-moved')
		EXECUTE FUNCTION $crossing.slow()"
}
quick_pg() { psql -q "$ZS_TEST_PG" -c "DROP TRIGGER slow ON $crossing.event; DROP FUNCTION $crossing.slow"; }
slow_sqlite() {
	many "CREATE TRIGGER slow AFTER INSERT ON event WHEN new.kind = 'edition-moved' BEGIN SELECT count(*) FROM (
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000) SELECT i FROM n); END"
}
quick_sqlite() { many "DROP TRIGGER slow"; }
for engine in pg sqlite; do
	store=many_$engine store=${!store}
	expect 0 '^sifa ' plan adopt "$work/many.txt" --create-units --store "$store"
	expect 2 '没有公布过渡规则' law move --rule task-again --person persons/1 --store "$store"
	expect 0 '^公布了 2 个' law publish "$work/newlaw" --store "$store"
	person=$(who_"$engine")
	before=$(size "$store")
	expect 2 '用法' law move --rule task-again --store "$store"
	expect 2 '用法' law move task --rule task-again --person "$person" --store "$store"
	expect 2 '用法' law move --rule task-again --erratum --person "$person" --store "$store"
	expect 2 '用法' law move --rule task-again --reason 理由 --person "$person" --store "$store"
	expect 2 '--limit 应为件数' law move --rule task-again --limit 0 --person "$person" --store "$store"
	expect 2 '不认识的选项' law move --rule task-again --all --person "$person" --store "$store"
	expect 2 '没有公布过渡规则“no-such”' law move --rule no-such --person "$person" --store "$store"
	expect 2 '不是今天在册的人员' law move --rule task-again --person persons/1 --store "$store"
	expect 0 '^试算（未写入）：200 件未办结的事项按新版本办理，0 件仍按原版本办理$' \
		law move --rule task-again --dry-run --person "$person" --store "$store"
	check "nothing of it was written" [ "$(size "$store")" = "$before" ]
	expect 0 '^3 件未办结的事项按新版本办理，0 件仍按原版本办理，197 件尚未查看$' \
		law move --rule task-again --limit 3 --person "$person" --store "$store"
	check "three are listed" [ "$(grep -c '^移动 task/' "$work/out")" = 3 ]
	"slow_$engine" >"$work/out"
	"$binary" law move --rule task-again --person "$person" --store "$store" >"$work/out" 2>"$work/err" &
	mover=$!
	for _ in $(seq 600); do [ "$("moves_$engine" '*')" -gt 3 ] && break; sleep 0.05; done
	kill -KILL "$mover"
	wait "$mover" 2>"$work/err"
	"quick_$engine" >"$work/out"
	half=$("moves_$engine" '*')
	check "killed half-way ($half of 200 on $engine)" [ "$half" -gt 3 -a "$half" -lt 200 ]
	sound "$store"
	expect 0 "^$((200 - half)) 件未办结的事项按新版本办理，0 件仍按原版本办理$" \
		law move --rule task-again --person "$person" --store "$store"
	check "an event on each" [ "$("moves_$engine" '*')" = 200 ]
	check "and one on each only" [ "$("moves_$engine" 'DISTINCT subject')" = 200 ]
	expect 0 '^0 件未办结的事项按新版本办理，0 件仍按原版本办理$' \
		law move --rule task-again --person "$person" --store "$store"
	sound "$store"
done
psql -q "$ZS_TEST_PG" -c "SET client_min_messages = warning; DROP SCHEMA $crossing CASCADE"

# --- days: a year's notice that comes late, and a region's own ---

# A term of workdays on each task, which law/ has not.
cp -r law "$work/thisyear"
sed 's/^masks:/  - { id: begin, title: 着手办理, from: open, within: 3 workdays, until: [sign], basis: [R300] }\n&/' \
	law/programme/task.procedure.yaml >"$work/thisyear/programme/task.procedure.yaml"
cp -r "$work/thisyear" "$work/nextyear"
printf 'year: 2027\nnotices:\n  - address: https://example.org/2027\n    off: { 元旦: [2027-01-01..2027-01-05] }\n' \
	>"$work/nextyear/kernel/workdays/2027.yaml"
schema=days$$
psql -q "$ZS_TEST_PG" -c "CREATE SCHEMA $schema" || failed=$((failed + 1))
postgres="postgres:$ZS_TEST_PG options='-csearch_path=$schema'" sqlite=sqlite:$work/days.db
for store in "$postgres" "$sqlite"; do
	expect 0 '^sifa ' plan adopt demo/plan.txt --create-units --today 2026-12-30 --law "$work/thisyear" \
		--store "$store"
	[ "$store" != "$postgres" ] || person=$(psql -qAt "$ZS_TEST_PG" -c "SELECT min(subject) FROM $schema.e_persons")
	before=$(size "$store")
	expect 0 '^放假安排变动，重新计算了 [1-9][0-9]* 项期限$' law publish "$work/nextyear" --store "$store"
	check "a row for each term" grep -qE '^事项 +期限 +原届满日    现届满日$' "$work/out"
	rows=$(grep -cE '  2027-01-[0-9]{2}  2027-01-[0-9]{2}$' "$work/out")
	check "and an event ($rows)" [ "$rows" -gt 5 -a "$(size "$store")" -eq $((before + 1 + rows)) ]
	before=$(size "$store")
	local_days=(law holiday --off 2027-01-06..2027-01-07 --work 2027-01-09 --title '某“民族”节' --notice 某州政办发〔2026〕9号)
	expect 2 '用法' "${local_days[@]}" --store "$store"
	expect 2 '不是今天在册的人员' "${local_days[@]}" --person persons/1 --store "$store"
	expect 2 '应当写作一日' law holiday --off 明天 --title 节 --notice 文 --person "$person" --store "$store"
	expect 2 '应当是星期六或者星期日' law holiday --work 2027-01-08 --title 节 --notice 文 --person "$person" --store "$store"
	expect 2 '国家已安排放假' law holiday --work 2027-01-02 --title 节 --notice 文 --person "$person" --store "$store"
	expect 2 '没有公布过2027-01-06起' law holiday --withdraw 2027-01-06 --person "$person" --store "$store"
	check "refused and not written" [ "$(size "$store")" = "$before" ]
	expect 0 '^公布了2027-01-06起的地方放假安排$' "${local_days[@]}" --person "$person" --store "$store"
	moved=$(grep -cE '  2027-01-[0-9]{2}  2027-01-[0-9]{2}$' "$work/out")
	check "terms follow ($moved)" [ "$moved" -gt 5 -a "$(size "$store")" -eq $((before + 1 + moved)) ]
	expect 0 '^2027-01-06 某“民族”节（某州政办发〔2026〕9号）$' law holiday --store "$store"
	expect 0 '^没有变化$' law diff "$work/nextyear" --store "$store"
	expect 0 '^公布了 0 个有变动的文件，撤下了 0 个' law publish "$work/nextyear" --store "$store"
	expect 0 '^收回了2027-01-06起的' law holiday --withdraw 2027-01-06 --person "$person" --store "$store"
	check "and are what they were" [ "$(size "$store")" -eq $((before + 2 * (1 + moved))) ]
	expect 0 '^现有地方放假安排 0 项$' law holiday --store "$store"
	sound "$store"
done
check "the same length on both" [ "$(size "$sqlite")" = "$(size "$postgres")" ]
psql -q "$ZS_TEST_PG" -c "SET client_min_messages = warning; DROP SCHEMA $schema CASCADE"
schema=cli$$ postgres="postgres:$ZS_TEST_PG options='-csearch_path=cli$$'" sqlite=sqlite:$work/adopted.db

# --- statutes: taken in whole or not at all, kept by edition, answered as of a day ---

bees() { printf '# 养蜂法\n第一条 为了养蜂。\n第二条 %s\n第三条 本法自%s起施行。\n' "$1" "$2"; }
bees '春天搬箱。' 2001年5月1日 >"$work/old.md"
bees '夏天搬箱。' 2020年7月1日 >"$work/new.md"
bees '秋天搬箱。' 2001年5月1日 >"$work/other.md"
printf '# 养羊法\n没有条文。\n' >"$work/none.md"
printf '# 养牛法\n第一条 甲。\n第一条 乙。\n' >"$work/twice.md"
for store in "$postgres" "$sqlite"; do
	expect 2 'none.md: 全文没有' statute import "$work/old.md" "$work/none.md" --store "$store"
	expect 2 'twice.md: 第3行' statute import "$work/old.md" "$work/twice.md" --store "$store"
	expect 0 '^共 0 件' statute list --store "$store"
	expect 0 '已入库' statute import "$work/old.md" "$work/new.md" --store "$store"
	expect 0 '没有改动' statute import "$work/new.md" --store "$store"
	expect 2 '另一文本' statute import "$work/other.md" --store "$store"
	expect 2 '没有写明理由' statute import "$work/other.md" --replace --store "$store"
	expect 0 '春天' statute show 《养蜂法》 第二条 --on 2010-01-01 --store "$store"
	expect 0 '夏天' statute show 养蜂法 2 --store "$store"
	expect 1 '没有这一条' statute show 养蜂法 第九条 --store "$store"
	expect 1 '没有《养蜂法》在该日' statute show 养蜂法 --on 2000-01-01 --store "$store"
	expect 0 '{+夏+}' statute diff 养蜂法 2010-01-01 2021-01-01 --store "$store"
	expect 0 '已更换' statute import "$work/other.md" --replace --reason 原文有误 --store "$store"
	expect 0 '秋天' statute show 养蜂法 第二条 --on 2010-01-01 --store "$store"
	expect 0 '不再施行' statute repeal 养蜂法 --on 2024-01-01 --by 决定 --store "$store"
	expect 1 '没有《养蜂法》在该日' statute show 养蜂法 --on 2024-01-01 --store "$store"
	expect 0 '相同' statute rebuild --check --store "$store"
	expect 0 '核验通过' record verify --log installation/statutes --store "$store"
	sound "$store"
done

# --- their pages, for everybody ---

serve() { # on the SQLite store, at $url
	"$binary" serve --store "$sqlite" --port -1 >"$work/out" 2>"$work/err" &
	server=$!
	url=
	for _ in $(seq 300); do
		url=$(sed -n 's/^就绪 //p' "$work/out")
		[ -n "$url" ] && break
		sleep 0.1
	done
}
unserve() {
	kill -INT "$server"
	wait "$server" || failed=$((failed + 1))
}
serve
page() { # page STATUS PATTERN PATH
	curl -s -w '\n%{http_code}\n' "$url$3" >"$work/page"
	check "$3 answers $1 with $2" [ "$(tail -n 1 "$work/page")" = "$1" ]
	check "$3 holds $2" grep -q -- "$2" "$work/page"
}
page 200 '未导入全文' /statutes
page 200 '2024年1月1日起不再施行' /statutes/养蜂法
page 200 '秋天搬箱' '/statutes/养蜂法/2?day=2010-01-01'
page 200 '夏天搬箱' '/statutes/养蜂法/第二条?day=2021-01-01'
page 200 '该条已废止' /statutes/养蜂法/2
page 404 '查无此条' '/statutes/养蜂法/9?day=2021-01-01'
page 200 '<del>秋</del><ins>夏</ins>' /statutes/养蜂法/compare
page 200 '陈述、申辩' /statutes/行政处罚法/7
page 200 '未导入全文' /statutes/行政处罚法
page 404 '没有' /statutes/没有的法
tag=$(curl -si "$url/statutes" | sed -n 's/^ETag: \(.*\)\r$/\1/p')
check "an unchanged page is not sent again" \
	[ "$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" "$url/statutes")" = 304 ]

# --- definitions, for everybody: drawn when they were published, and nothing of a drawing but a drawing ---

page 200 '决策表' /law
page 200 '<svg role="img"' /law/procedure/task
page 200 '申请销号' /law/procedure/task
page 200 '列入重大行政执法事项目录' /law/table/major-decisions
page 200 '执法证件编号，必须填写' /law/register/officers
page 404 '没有' /law/procedure/nothing
page 404 '没有' /law/nothing/task
sql() { python3 -c 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); print(*(row[0] for row in d.execute(sys.argv[2]))); d.commit()' "${sqlite#sqlite:}" "$1"; }
check "a chart of each procedure" [ "$(sql 'SELECT count(*) FROM chart')" = "$(ls law/*/*.procedure.yaml | wc -l)" ]
sql "UPDATE chart SET svg = '<svg onload=\"alert(1)\"><script>alert(2)</script><g id=\"top\" onclick=\"alert(3)\"><a href=\"http://x/\"><text x=\"1\">甲&lt;</text></a></g><image/></svg>'" >"$work/out"
page 200 '<svg role="img"' /law/procedure/inquiry
check "nothing of it runs or leads away" bash -c '! grep -q "alert\|http://x\|id=\"top\"\|<image\|<a href=\"http" "$1"' - "$work/page"
unserve

# A restored store, or a newer program: what is missing is drawn when the server starts.
sql 'DELETE FROM chart' >"$work/out"
serve
page 200 '<svg role="img"' /law/procedure/task
unserve
sql 'DELETE FROM chart' >"$work/out"
mkdir -p "$work/bin"
env PATH="$work/bin" "$(realpath "$binary")" law publish "$work/law" --store "$sqlite" >"$work/out" 2>&1
check "without Graphviz it is published all the same" [ $? -eq 0 ]
check "and said" grep -q '没有安装 Graphviz' "$work/out"
expect 0 '^公布了 0 个' law publish "$work/law" --store "$sqlite"
check "a second run draws" [ "$(sql 'SELECT count(*) > 20 FROM chart')" = 1 ]
psql -q "$ZS_TEST_PG" -c "SET client_min_messages = warning; DROP SCHEMA $schema CASCADE"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
