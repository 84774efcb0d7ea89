# Sourced by run.sh: what is uploaded is judged by its content, before anything is kept.

task=$(curl -s -b "$work/danwei1" "$base/" | sed -n 's|.*href="\(/task/[0-9]*\)".*|\1|p' | head -n 1)
matter=/m${task}
expect "the unit has a task" "${task:+one}" one
post danwei1 "$matter/do/sign" "$matter/do/sign" >/dev/null
printf 'MZ\220 x' >"$work/证明.pdf"
printf '秘密★1年\n关于某事\n' >"$work/某事.txt"
printf '内部资料 注意保存\n一、进展\n' >"$work/进展.txt"
printf '%%PDF-1.7\n1 0 obj\n' >"$work/验收.pdf"
head -c 34000000 /dev/zero >"$work/大.pdf"

# report FILE [CURL-OPTION...]: progress with one piece of evidence
report() {
	local file=$1
	shift
	post danwei1 "$matter/do/progress" "$matter/do/progress" --form-string report=已经完成 --form-string evidence.n=1 \
		--form-string evidence.0.class=check --form-string evidence.0.form=upload \
		--form-string "evidence.0.value=材料" -F "evidence.0.files=@$work/$file" "$@"
}
before=$(curl -s -b "$work/sifa" "$base/record" | grep -c 'href="/record/[0-9]')
expect "a program in the clothes of a document" "$(report 证明.pdf)" 422
text "a program in the clothes of a document" "是程序"
expect "a secret" "$(report 某事.txt)" 422
text "a secret" 保守国家秘密法
expect "too large" "$(report 大.pdf)" 422
text "too large" "32 兆字节"
expect "an internal paper asks" "$(report 进展.txt)" 422
text "an internal paper asks" 'name="internal"'
expect "nothing was written" \
	"$(curl -s -b "$work/sifa" "$base/record" | grep -c 'href="/record/[0-9]')" "$before"
expect "nor kept" "$(find "$work" -name '*' -type f -size -2k -exec grep -lF 关于某事 {} + | grep -vc '某事.txt$')" 0
expect "confirmed it comes in" "$(report 进展.txt --form-string internal=yes)" 303
expect "what is what it says comes in" "$(report 验收.pdf)" 303
status -b "$work/danwei1" "$base$task" >/dev/null
text "and stands on the page" 验收.pdf

plan() {
	local file=$1
	post sifa /plan/import /plan/import -F "file=@$work/$file"
}
expect "a plan marked secret" "$(plan 某事.txt)" 422
text "a plan marked secret" 保守国家秘密法
expect "a plan that is a program" "$(plan 证明.pdf)" 422
{ echo 内部资料; cat demo/plan.txt; } >"$work/方案.txt"
expect "a plan that is internal asks" "$(plan 方案.txt)" 422
text "a plan that is internal asks" 'name="internal"'
rm -f "$work/大.pdf"

# The same from the table of all the unit's tasks: one page, a file for one of its rows.
unit=$(curl -s -b "$work/danwei1" "$base/" | sed -n 's|.*href="\(/unit/[0-9]*\)".*|\1|p' | head -n 1)
n=${task#/task/}
table() { # table FILE [CURL-OPTION...]: a text and a file for the row of the task
	local file=$1
	shift
	post danwei1 "$unit" "$unit" --form-string "report-$n=阶段工作已经完成" --form-string "was-$n=0" \
		--form-string "evidence-$n-0-class=check" --form-string "evidence-$n-0-form=number" \
		-F "evidence-$n-0-file=@$work/$file" "$@"
}
cp "$work/验收.pdf" "$work/台账.pdf"
expect "a program from the table" "$(table 证明.pdf)" 422
text "it is said at its row" "row-$n"
text "a program from the table" 是程序
expect "an internal paper from the table" "$(table 进展.txt)" 422
text "an internal paper from the table" 'name="internal"'
expect "a file from the table" "$(table 台账.pdf)" 303
status -b "$work/danwei1" "$base$task" >/dev/null
text "it stands on the task" 台账.pdf
text "with its text" 阶段工作已经完成
file=$(sed -n 's|.*href="\(/m/task/[0-9]*/file/[0-9a-f]*\)".*台账.pdf.*|\1|p' "$work/body" | head -n 1)
expect "its bytes come back" "$(status -b "$work/danwei1" "$base$file")" 200
expect "as they went in" "$(cmp -s "$work/body" "$work/台账.pdf" && echo same)" same

# What somebody else brought is not cited by its digest, which who reads his task may know; one's own box stays ticked.
digest=${file##*/}
cites() { # cites WHO TASK DIGEST: progress that keeps a file of that digest
	post "$1" "/m$2/do/progress" "/m$2/do/progress" --form-string report=已经完成 --form-string evidence.n=1 \
		--form-string evidence.0.class=check --form-string evidence.0.form=upload --form-string "evidence.0.value=材料" \
		--form-string "evidence.0.files.keep=$3 23 台账.pdf"
}
theirs=$(curl -s -b "$work/zhengfuban" "$base/" | sed -n 's|.*href="\(/task/[0-9]*\)".*|\1|p' | head -n 1)
post zhengfuban "/m$theirs/do/sign" "/m$theirs/do/sign" >/dev/null
expect "another's file by its digest" "$(cites zhengfuban "$theirs" "$digest")" 422
text "and what to do" 请先上传
expect "a digest that nobody has" "$(cites danwei1 "$task" "$(printf '%064d' 0)")" 422
expect "no digest" "$(cites danwei1 "$task" "$(printf '%064d' 0 | tr 0 /)")" 422
expect "what the task holds" "$(cites danwei1 "$task" "$digest")" 303

# What comes back is saved, whatever it is: never shown in the place of a page.
curl -s -D "$work/head" -o /dev/null -b "$work/danwei1" "$base$file"
for wanted in 'Content-Disposition: attachment; ' 'Content-Type: application/octet-stream' 'X-Content-Type-Options: nosniff'; do
	expect "served: $wanted" "$(grep -c "^$wanted" "$work/head")" 1
done
printf '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' >"$work/图.svg"
cp "$work/图.svg" "$work/图.png"
cp "$work/验收.pdf" "$work/验收.pdf.exe"
expect "a picture that is a page" "$(report 图.svg)" 422
text "a picture that is a page" 不接受
expect "the same under another name" "$(report 图.png)" 422
expect "two endings" "$(report 验收.pdf.exe)" 422
