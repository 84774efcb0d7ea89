#!/bin/bash
# The language of law/ as people meet it: the schema for editors, the document of the language with its examples,
# and the commands that put a definition into words and pictures.
set -u
cd "$(dirname "$0")/../.." || exit 1
binary=${ZHUNSHENG:-build-test/zhunsheng}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # check WHAT COMMAND...
	local what=$1
	shift
	if "$@" >"$work/out" 2>&1; then
		passed=$((passed + 1))
	else
		echo "FAILED $what"
		head -20 "$work/out"
		failed=$((failed + 1))
	fi
}
says() { # says PATTERN ARGUMENT...: the program ends well and says it
	local pattern=$1
	shift
	check "$* says $pattern" bash -c '"$0" "${@:2}" | grep -q -- "$1"' "$binary" "$pattern" "$@"
}
none() { ! grep -qE "$1" "$2"; }

# --- the schema, held against every file by a validator that is not ours ---

mkdir "$work/schemas"
check 'the schemas are written' "$binary" law schema --out "$work/schemas"
python=python3
"$python" -c 'import jsonschema, yaml' 2>/dev/null || python=/usr/bin/python3	# another python may stand before Debian's
"$python" test/language/schema.py "$work/schemas" law test/law/engine >"$work/schema"
grep -v '^[0-9]* [0-9]*$' "$work/schema"
read -r p f < <(tail -n 1 "$work/schema")
passed=$((passed + ${p:-0})) failed=$((failed + ${f:-1}))

# --- the document: each example is loaded among the definitions, each faulty one refused with its words ---

cp -r law "$work/law"
mkdir -p "$work/law/guide/guide.no"
awk -v dir="$work/law/guide" '
	/^```yaml/ { inside = 1; first = 1; next }
	/^```/ { inside = 0; if (file) close(file); file = "" }
	inside && first {
		first = 0
		if (/^# 例：/) { file = $0; sub(/^# 例：/, "", file); file = dir "/" file }
		else if (/^# refuses: /) file = dir "/guide.no/faulty-" ++n ".yaml"
		else { print "an example is neither good nor faulty: " $0; exit 1 }
		folder = file
		sub(/\/[^\/]*$/, "", folder)
		system("mkdir -p \"" folder "\"")
	}
	inside { print > file }' docs/law-language.md || failed=$((failed + 1))
check 'the good examples load' "$binary" law check --law "$work/law"
"$binary" law test --law "$work/law" guide >"$work/guide"
sed '$d' "$work/guide"
read -r p _ f _ < <(tail -n 1 "$work/guide")
passed=$((passed + p)) failed=$((failed + f))
check 'there are examples of both kinds' [ "$p" -ge 7 ]
"$binary" law schema --table >"$work/table"
sed '1,/law schema --table/d' docs/law-language.md >"$work/in-document"
check 'the tables of keys are the ones of the program' diff "$work/table" "$work/in-document"

# --- in words ---

sed -nE 's/^(procedure|register): ([a-z-]+).*/\2/p' $(find law -name '*.procedure.yaml' -o -name '*.register.yaml' |
	grep -v '\.no/') | while read -r id; do
	"$binary" law explain "$id" >"$work/said" 2>&1 && [ -s "$work/said" ] || echo "$id"
done >"$work/unsaid"
check 'every procedure and register can be explained' none . "$work/unsaid"
says '条件：「已通过(“行政规范性文件合法性审核”)」。依据：《规范性文件制定监督》' law explain norm
says '进入“已审议通过”阶段，必须经过“送合法性审核”、“集体审议”' law explain norm
check 'what is not there is not explained' bash -c '! "$0" law explain nothing' "$binary"

says '“处罚种类”为“降低资质等级”、“限制开展生产经营活动”.*“应当告知听证权利”为是。依据：《行政处罚法》第六十三条' law explain hearing-right
says '共同办理：.*全部办理才算办结' law explain plan-adoption
says '“移交事项”中由“移交人”承办的各件改由“接收人”承办' law explain hand-over
says '“手写通知书的号码”填写“先行登记保存证据通知书”上印的号码，须在本单位领用的号段之内' law explain evidence-holding
says '由“使用人员”承办；承办人员离岗的，通过工作交接移交' law explain number-block
says '⇄ 事项改由接收人承办' law chart hand-over
says '№ 号段内的先行登记保存证据通知书' law chart evidence-holding
says '制发《行政处罚决定书》，文号按“行政处罚实施机关”和年度连续编排' law explain penalty
says '“应当法制审核”由决策表“应当法制审核的行政处罚决定（major-decisions）”' law explain penalty
says '七、决策表“应当法制审核的行政处罚决定”' law explain penalty
says '“罚款金额”不少于参数“列入法制审核目录的罚款金额（分）”的，“应当法制审核”为是。依据：《执法三项制度》第十一项' law explain penalty
says '过渡规则：条例修订前收到的来信（guide-reply-2019）' law explain guide-reply --law "$work/law"
says '处在“等待补充材料”的，不移，按原版本办完' law explain guide-reply-2019 --law "$work/law"
says '答复期限：从原起算日按新版本换算。理由：答复期限由十五个工作日改为二十个工作日' law explain guide-reply-2019 --law "$work/law"
says '条例修订前收到的来信（guide-reply-2019）' law explain guide-reply --law "$work/law"

# --- decision tables as sheets: out and in again, and what is wrong is said of its cell ---

for id in hearing-right major-decisions; do
	file=$(find law -name "$id.table.yaml")
	check "$id becomes a workbook" "$binary" law table "$file" --xlsx "$work/$id.xlsx"
	says '没有不同' law table "$work/$id.xlsx" --against "$file"
	"$binary" law table "$work/$id.xlsx" >"$work/$id.table.yaml"
	cp "$work/$id.table.yaml" "$work/law/$(realpath --relative-to=law "$file")"
done
check 'what is printed belongs under law/' "$binary" law check --law "$work/law"
cat >"$work/good.csv" <<'END'
编号,hearing-right
名称,应当告知听证权利的行政处罚
施行日期,2021-07-15
依据,行政处罚法/63
U,输入：处罚种类,输入：罚款或者没收的金额,结果：应当告知听证权利,依据
1,责令关闭；限制从业,,是,行政处罚法/63
2,fine,≥ 500000,是,
其他,,,否,
END
says '^  - { when: { kind: \[closure, bar\] }, then: { offered: "true" }' law table "$work/good.csv"
says 'rows\[2\].when.amount：.*改为「>= 500000」' law table "$work/good.csv" --against law/enforcement/hearing-right.table.yaml
refuses() { # refuses WORDS SED: the sheet with this change
	sed -e "$2" "$work/good.csv" >"$work/bad.csv"
	check "a sheet says $1" bash -c '! "$0" law table "$1" 2>"$1.why" && grep -q -- "$2" "$1.why"' "$binary" "$work/bad.csv" "$1"
}
refuses 'B6: “吊销”不是“处罚种类”的选项' 's/责令关闭/吊销/'
refuses 'C7: 表达式有误' 's/≥ 500000/≥ (/'
refuses 'D7: 没有写结果' 's/500000,是/500000,/'
refuses 'B5: 标题写作' 's/输入：处罚种类/处罚种类/'
refuses 'C5: “数量”没有编号或者类型' 's/输入：罚款或者没收的金额/输入：数量/'
refuses 'A5: 标题上面缺少“名称”' '/^名称/d;1i\
,'
# P and O go by the order of the results.
cat >"$work/ranked.csv" <<'END'
编号,review-order
名称,审核的先后
施行日期,2021-07-15
依据,行政处罚法/58
P,输入：罚款金额,结果：审核方式,结果：加急,依据
编号,amount,way,urgent,
类型,money,choice small=简易、large=集体,bool,
次序,,集体；简易,是；否,
1,≥ 100,简易,否,行政处罚法/58
2,≥ 500000,集体,是,
其他,,简易,否,
END
says '^order: { way: \[large, small\], urgent: \["true", "false"\] }' law table "$work/ranked.csv"
"$binary" law table "$work/ranked.csv" >"$work/review-order.table.yaml"
cp -r law "$work/ranked-law" && cp "$work/review-order.table.yaml" "$work/ranked-law/enforcement/"
check 'a ranked table belongs under law/' "$binary" law check --law "$work/ranked-law"
says '符合的各行中，结果次序在前的为准' law explain review-order --law "$work/ranked-law"
check 'a ranked table becomes a workbook' "$binary" law table "$work/review-order.table.yaml" --law "$work/ranked-law" --xlsx "$work/ranked.xlsx"
says '没有不同' law table "$work/ranked.xlsx" --law "$work/ranked-law" --against "$work/review-order.table.yaml"
sed 's/^P,/O,/' "$work/ranked.csv" >"$work/listed.csv"
says '^hit: O' law table "$work/listed.csv"
refused_ranked() { # refused_ranked WORDS SED
	sed -e "$2" "$work/ranked.csv" >"$work/bad.csv"
	check "a ranked sheet says $1" bash -c '! "$0" law table "$1" 2>"$1.why" && grep -q -- "$2" "$1.why"' "$binary" "$work/bad.csv" "$1"
}
refused_ranked 'A5: P 要写明结果的次序' '/^次序/d'
refused_ranked 'A8: F 不需要“次序”' 's/^P,/F,/'
refused_ranked 'C8: “大型”不是“审核方式”的选项' 's/集体；简易/大型；简易/'
refused_ranked 'D8: 表达式有误' 's/是；否/是；1 +/'
refuses '第7行: 第 1 行和第 2 行同时符合' 's/^2,fine,/2,责令关闭,/;s/500000,是/500000,否/'
refuses '依据“行政处罚法/163”不在法规库中' 's|是,行政处罚法/63|是,行政处罚法/163|'
refuses '没有以命中方式' 's/^U,/X,/;s/^[12其].*//'

# --- what changes ---

says '没有变化' law diff law law
cp -r law "$work/changed"
sed -i 's/from: number, within: 20 workdays/from: number, within: 15 workdays/' "$work/changed/norms/norm.procedure.yaml"
sed -i 's/default: 30, from: 7/default: 20, from: 7/' "$work/changed/norms/norms.parameters.yaml"
rm "$work/changed/programme/round.procedure.yaml"
says '期限“公布”（publish）：最长期限由「20个工作日」改为「15个工作日」' law diff law "$work/changed"
says '默认值由「30」改为「20」' law diff law "$work/changed"
says '撤下程序“台账报送轮次”（round）' law diff law "$work/changed"
says '新增程序“台账报送轮次”（round）' law diff "$work/changed" law
says '3 份定义有变化' law diff law "$work/changed"

# --- drawn ---

for id in penalty norm task; do
	check "$id is drawn" "$binary" law chart "$id" --out "$work/$id.svg"
	check "$id shows its title" grep -q '流程图' "$work/$id.svg"
	check "$id runs nothing" none '<script|style=|javascript' "$work/$id.svg"
done
says '"s:valid" -> "l:expiry"' law chart norm
says '"a:propose" -> "t:major-decisions"' law chart penalty
says '过渡规则：条例修订前收到的来信' law chart guide-reply --law "$work/law"
check 'no other format' bash -c '! "$0" law chart norm --out x.doc' "$binary"

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
