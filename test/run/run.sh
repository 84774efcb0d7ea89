#!/bin/bash
# What `make run` does: a store from a plan the first time, the same store every time after, and clear words where
# what is asked for and what is there are not the same.
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/suite.sh
. test/rights/post.sh

said() { # said WHAT TEXT: the server printed it
	expect "$1" "$(grep -qF -- "$2" "$work/main.out" && echo said || echo silent)" "${3:-said}"
}

start() { # start OPTION...: the county of $work/data
	launch main run --data "$work/data" "$@"
	base=$base_main
}
login() { # login WHO
	status -c "$work/$1" -d "login=$1" \
		-d "password=$(awk -v who="$1" '$1 == who { print $2 }' "$work/data/demo-accounts.txt")" "$base/login"
}

start --plan "$PWD/demo/plan.txt" --today 2026-06-01
expect "it is there" "$(status "$base/health")" 200
said "nothing is missing" 没有导入 silent
expect "the accounts are for the owner alone" "$(stat -c %a "$work/data/demo-accounts.txt")" 600
expect "an account works" "$(login sifa)" 303

# A letter has a number with the word of its office.
bureau=$(curl -s -b "$work/sifa" "$base/units" | grep -F '县司法局<' | sed -n 's|.*href="/unit/\([0-9]*\)/people".*|\1|p' |
	head -n 1)
other=$(curl -s -b "$work/sifa" "$base/units" | grep -F '县市场监管局<' | sed -n 's|.*href="/unit/\([0-9]*\)/people".*|\1|p' |
	head -n 1)
task=$(curl -s -b "$work/sifa" "$base/unit/$other" | sed -n 's|.*href="/\(task/[0-9]*\)".*|\1|p' | head -n 1)
remind() {
	post sifa /new/reminder/remind /new/reminder/remind --form-string "office=units/$bureau" \
		--form-string "unit=units/$other" --form-string "tasks=$task" --form-string text=请说明进展
}
expect "a reminder is sent" "$(remind)" 303
status -b "$work/sifa" "$base$(led_to)" >/dev/null
text "its number" "县司提醒〔2026〕1号"
expect "the word is taken away" "$(post sifa "/m/units/$bureau/do/put" "/m/units/$bureau/do/put" \
	--form-string name=县司法局 --form-string short= --form-string kind=government --form-string role=justice)" 303
expect "no letter without it" "$(remind)" 422
text "and why" 没有登记用于文号的简称

# Operation: what was copied where, when the record was last computed again.
expect "nothing yet" "$(status -b "$work/sifa" "$base/record/upkeep")" 200
text "no copy yet" 没有备份记录
text "no check yet" 没有在网页上校验过
"$binary" record copy --from "sqlite:$work/data/zhunsheng.db" --to "sqlite:$work/usb.db" >/dev/null
expect "copied while it runs" $? 0
expect "computed again" "$(post sifa /record/check /record/verify)" 200
status -b "$work/sifa" "$base/record/upkeep" >/dev/null
text "the copy is told" "$work/usb.db"
text "the check is told" 与摘要一致
no_text "nothing is missing any more" 没有备份记录
"$binary" record verify --store "sqlite:$work/usb.db" >/dev/null
expect "the copy is in order" $? 0

# What another process publishes is in force here with the next act.
cp -r law "$work/law"
sed -i 's/title: 联系电话/title: 办公电话/' "$work/law/kernel/persons.register.yaml"
"$binary" law publish "$work/law" --store "sqlite:$work/data/zhunsheng.db" >/dev/null
expect "published while it runs" $? 0
expect "an act" "$(post sifa /new/persons/put /new/persons/put --form-string name=孙小寒)" 303
status -b "$work/sifa" "$base/new/persons/put" >/dev/null
text "the form is the new one" 办公电话
stop main INT

start --plan "$PWD/demo/plan.txt" --today 2026-06-01
said "the same plan again is nothing to speak of" 没有导入 silent
stop main INT
sed 's/2026—2030年/2027—2031年/' demo/plan.txt >"$work/other.txt"
start --plan "$work/other.txt"
said "another plan is not taken in" "没有导入 $work/other.txt"
said "and what to do" 导入规划方案
login sifa >/dev/null
expect "what was there is served" "$(status -b "$work/sifa" "$base/$task")" 200
stop main INT
"$binary" run --data "$work/data" --today 2026-06-02 >"$work/out" 2>&1
expect "another day is refused" $? 2
"$binary" run --data "$work/data" --plan "$work/nothing.txt" >"$work/out" 2>&1
expect "a plan that is no file is refused" $? 2

summary
