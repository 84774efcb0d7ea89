#!/bin/bash
# `zhunsheng plan read FILE --json` from outside: what stands on stdout and on stderr, and the status, for files
# that are plans and for what people send instead of one.
set -u
cd "$(dirname "$0")/../.."
program=${ZHUNSHENG:-$PWD/build-test/zhunsheng}
work=$(mktemp -d "${TMPDIR:-/tmp}/plan.XXXXXX")
trap 'rm -rf "$work"' EXIT
plans=test/golden/plans passed=0 failed=0 skipped=0
# Root reads everything: without these two capabilities it does not.
as_user=()
[ "$(id -u)" -ne 0 ] || as_user=(setpriv --bounding-set=-dac_override,-dac_read_search)

check() { # check NAME CONDITION...: a command that must hold
	local name=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $name"
		head -c 300 "$work/err"
	fi
}

read_plan() { # read_plan ARGUMENT...: sets status, $work/out and $work/err
	"${as_user[@]}" "$program" plan read "$@" >"$work/out" 2>"$work/err"
	status=$?
}

refused() { # refused FILE WORD...: status 2, nothing on stdout, one line with all the words
	local file=$1 word
	shift
	read_plan "$file" --json
	[ "$status" -eq 2 ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" -eq 1 ] || return 1
	for word; do
		grep -qF -- "$word" "$work/err" || return 1
	done
}

file() { # file NAME FORMAT: writes it, prints its path
	printf "$2" >"$work/$1"
	echo "$work/$1"
}

check empty refused "$(file empty.txt '')" 空
check blank refused "$(file blank.txt ' \n\n')" 空
check doc refused "$(file a.doc '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..')" .doc 另存为 .txt
check wps refused "$(file a.wps '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..')" .wps 另存为 .txt
check xls refused "$(file a.xls '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0')" .xls 另存为 .xlsx
check docx refused "$(file a.docx 'PK\3\4word/document.xml')" .docx 另存为
check xlsx-broken refused "$(file a.xlsx 'PK\3\4xl/workbook.xml')" .xlsx 另存
check ofd refused "$(file a.ofd 'PK\3\4OFD.xml')" OFD
check zip refused "$(file a.zip 'PK\3\4....')" 压缩文件
check pdf refused "$(file a.pdf '%%PDF-1.7')" PDF 记事本
check rtf refused "$(file a.rtf '{\\rtf1 a}')" RTF
check html refused "$(file a.html '\xef\xbb\xbf<html><body>')" 网页
check mht refused "$(file a.mht 'MIME-Version: 1.0\n')" 网页
check utf16 refused "$(file a16.txt '\xff\xfea\0')" UTF-16 UTF-8
check picture refused "$(file a.png '\x89PNG....')" 图片
check binary refused "$(file a.bin 'a\0b')" 不是文本
check encoding refused "$(file bad.txt '\xff\xff\xfe\x80\x81abc\xff')" 编码
{ cat $plans/lines.txt; printf '\xe4\xb8'; } >"$work/cut.txt"
check cut refused "$work/cut.txt" 编码 截断
check secret refused "$(file s.txt '秘密★3年\n某县实施方案\n1.做事。（县司法局负责）\n')" 秘密 拒绝
check secret-wide refused "$(file s2.txt '机 密 ★\n某县实施方案\n1.做事。（县司法局负责）\n')" 机密 拒绝
check report refused $plans/report.txt 没有读出任务
check absent refused "$work/absent.txt" 没有这个文件
check directory refused "$work" 文件夹
mkfifo "$work/pipe"
check pipe refused "$work/pipe" 不是普通文件
truncate -s 100M "$work/large.txt"
check large refused "$work/large.txt" 100 16 兆
cp $plans/lines.txt "$work/closed.txt" && chmod 000 "$work/closed.txt"
check closed refused "$work/closed.txt" 读取权限

usage() { # usage ARGUMENT...: status 2 and how it is called
	read_plan "$@"
	[ "$status" -eq 2 ] && [ ! -s "$work/out" ] && grep -q 用法 "$work/err"
}
check no-file usage
check two-files usage $plans/lines.txt $plans/table.txt
check unknown-option usage $plans/lines.txt --jason

written() { # written FILE: status 0 also with damage, one object on stdout, nothing on stderr
	read_plan "$1" --json
	[ "$status" -eq 0 ] && [ ! -s "$work/err" ] && [ "$(head -c 1 "$work/out")" = '{' ] &&
		[ "$(tail -c 2 "$work/out")" = '}' ]
}
for plan in $plans/*.want; do
	check "$(basename "$plan")" written "${plan%.want}.txt"
done
read_plan --json $plans/lines.txt
check option-first test "$status" -eq 0
"$program" plan read $plans/lines.txt --json >/dev/full 2>"$work/err"
check full-disk test $? -eq 1

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
