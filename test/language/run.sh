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
check 'no other format' bash -c '! "$0" law chart norm --out x.doc' "$binary"

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
