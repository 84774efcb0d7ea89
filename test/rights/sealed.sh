# Sourced by run.sh: personal values are opened by who may, each time noted, and what was destroyed says so.

sealed_place() { # of the page in $work/body
	sed -n 's|.*href="[^"]*/sealed/\([0-9]*:p[0-9]*\)".*|\1|p' "$work/body" | head -n 1
}

expect "a person is entered" "$(post sifa /new/persons/put /new/persons/put --form-string name=赵小满 \
	--form-string phone=13800000000)" 303
person=$(led_to)
expect "and shown" "$(status -b "$work/sifa" "$base$person")" 200
text "the number is sealed" 个人信息已封存
no_text "and not shown" 13800000000
place=$(sealed_place)
expect "who may is led to it" "${place:+led}" led
expect "asking shows nothing yet" "$(status -b "$work/sifa" "$base$person/sealed/$place")" 200
no_text "asking shows nothing yet" 13800000000
expect "it is opened" "$(post sifa "$person/sealed/$place" "$person/sealed/$place")" 200
text "it is opened" 13800000000
expect "who works does not read the log of access" "$(status -b "$work/sifa" "$base/record/access")" 403
status -b "$work/shenji" "$base/record/access" >/dev/null
text "that was noted" 查阅封存的个人信息
expect "a unit may not" "$(status -b "$work/danwei1" "$base$person/sealed/$place")" 403
text "and is told who may" 维护单位、岗位和人员
expect "nor by posting" "$(post danwei1 /ledger "$person/sealed/$place")" 403
no_text "nor by posting" 13800000000
status -b "$work/danwei1" "$base$person" >/dev/null
no_text "no way is offered" "/sealed/"
expect "another subject's place" "$(status -b "$work/sifa" "$base/m/persons/1/sealed/$place")" 404
expect "a place that is none" "$(status -b "$work/sifa" "$base$person/sealed/9p9")" 404
# A change of the name leaves the number where it is.
expect "the name changes" "$(post sifa "$person/do/put" "$person/do/put" --form-string name=赵小雪 \
	--form-string phone=)" 303
expect "still sealed" "$(post sifa "$person/sealed/$place" "$person/sealed/$place")" 200
text "still there" 13800000000

# Destruction, on a matter: the service of a document, whose receiver is a person.
mine=$(curl -s -b "$work/sifa" "$base/units" | grep -F '县司法局<' | sed -n 's|.*href="/unit/\([0-9]*\)/people".*|\1|p' |
	head -n 1)
seat=$(curl -s -b "$work/anquan" "$base/unit/$mine/people" | sed -n 's|.*href="/post/\([0-9]*\)/powers".*|\1|p' | head -n 1)
held=()
while read -r what; do
	held+=(--form-string "what=$what")
done < <(curl -s -b "$work/anquan" "$base/post/$seat/powers" | sed -n 's/.*name="what".*value="\([^"]*\)" checked.*/\1/p')
expect "nobody gives himself a power" "$(post sifa "/post/$seat/powers" "/post/$seat/powers" "${held[@]}" \
	--form-string what=destroy-data)" 422
text "and is told the ways" 自我授权预告
expect "powers are granted" "$(post anquan "/post/$seat/powers" "/post/$seat/powers" "${held[@]}" \
	--form-string what=decide-case --form-string what=serve-document --form-string what=destroy-data)" 303
expect "a service begins" "$(post sifa /new/service/open /new/service/open --form-string "body=units/$mine" \
	--form-string party=某公司)" 303
matter=$(led_to)
expect "it is received by a person" "$(post sifa "$matter/do/serve" "$matter/do/serve" --form-string way=hand \
	--form-string receiver=钱小寒)" 303
status -b "$work/sifa" "$base$matter" >/dev/null
no_text "the receiver is not shown" 钱小寒
place=$(sealed_place)
expect "opened" "$(post sifa "$matter/sealed/$place" "$matter/sealed/$place")" 200
text "opened" 钱小寒
text "who may destroy is led to it" "$matter/do/destroy"
expect "destroyed" "$(post sifa "$matter/do/destroy?part=$place" "$matter/do/destroy" --form-string "part=$place" \
	--form-string reason=保存期满)" 303
status -b "$work/sifa" "$base$matter" >/dev/null
text "the page says when and by whom" "已依法销毁（"
text "the page says when and by whom" 演示甲
no_text "nothing leads to it" "/sealed/"
expect "it cannot be opened" "$(status -b "$work/sifa" "$base$matter/sealed/$place")" 410
text "and why" 保存期满
expect "nor by posting" "$(post sifa "$matter" "$matter/sealed/$place")" 410
no_text "nor by posting" 钱小寒

# The same on an entry of a register.
status -b "$work/sifa" "$base$person" >/dev/null
place=$(sealed_place)
expect "who keeps the list alone destroys nothing" "$(post xitong "$person/do/destroy?part=$place" "$person/do/destroy" \
	--form-string "part=$place" --form-string reason=已离职)" 422
text "and is told so" 没有办理此事的职权
expect "an entry's value is destroyed" "$(post sifa "$person/do/destroy?part=$place" "$person/do/destroy" \
	--form-string "part=$place" --form-string reason=已离职)" 303
status -b "$work/sifa" "$base$person" >/dev/null
text "the entry says when" "已依法销毁（"
expect "it cannot be opened" "$(status -b "$work/sifa" "$base$person/sealed/$place")" 410
expect "nor destroyed again" "$(post sifa "$person/do/destroy?part=$place" "$person/do/destroy" \
	--form-string "part=$place" --form-string reason=再次)" 422

# A power is not taken away without a word, and what comes with it does not go in either.
keeps() { # keeps [CURL-OPTION...]: the seat without destroy-data, and with account-numbers
	post anquan "/post/$seat/powers" "/post/$seat/powers" "${held[@]}" --form-string what=decide-case \
		--form-string what=serve-document --form-string what=account-numbers "$@"
}
api_seq() { curl -s -b "$work/shenji" "$base/api/v1/record" | sed -n 's/.*"seq": \([0-9]*\).*/\1/p' | head -n 1; }
count=$(api_seq)
expect "a power ends with a reason" "$(keeps)" 422
text "and is told so" 取消权限的，请写明理由
expect "nothing was written" "$(api_seq)" "$count"
expect "with one it ends" "$(keeps --form-string reason=岗位调整)" 303
expect "and the other begins" "$(($(api_seq) - count))" 2
