# A log goes from one engine to the other and back, destroyed parts included; a copy that was broken off goes on; a
# copy that is another log is refused.

demo=sqlite:$work/demo.db
"$binary" plan adopt demo/plan.txt --create-units --store "$demo" >"$work/accounts" 2>&1
expect "a county" $? 0
serve one "$demo"
officer=$(token "$demo" sifa write)
scan='%PDF-1.4 1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>> %%EOF'
printf '%s\n' "$scan" >"$work/scan.pdf"
expect "a file" "$(status -H "Authorization: Bearer $officer" -F "file=@$work/scan.pdf" "$base_one/api/v1/files")" 201
expect "a unit" "$(unit "$base_one" "$officer" 县档案馆)" 201
stop one

pg=$(database copied)
"$binary" record copy --from "$demo" --to "$pg" >"$work/copy" 2>&1
expect "to PostgreSQL" $? 0
has "its proof" 两处相同 "$work/copy"
has "its checkpoint" 最近的存证点为 "$work/copy"
has "its files" '逐个核对相同' "$work/copy"
expect "the record there" "$("$binary" record verify --store "$pg" >"$work/log" 2>&1; echo $?)" 0
"$binary" record copy --from "$pg" --to "sqlite:$work/back.db" >"$work/again" 2>&1
expect "and back" $? 0
expect "the same proof" "$(grep 根摘要 "$work/again")" "$(grep 根摘要 "$work/copy")"
"$binary" record copy --from "$demo" --to "sqlite:$work/back.db" >"$work/again" 2>&1
has "nothing to do" '新复制记录 0 条、文件 0 个' "$work/again"
expect "the same file" "$(cd "$work/back.db.files" && find . -type f | sort)" \
	"$(cd "$work/demo.db.files" && find . -type f -not -name 'draft-*' | sort)"

# Broken off: what stands there is a beginning, and the next run adds the rest.
"$binary" plan adopt demo/plan.txt --create-units --store "sqlite:$work/other.db" >/dev/null 2>&1
"$binary" record copy --from "sqlite:$work/other.db" --to "$pg" >"$work/copy" 2>&1
expect "another county of that name" $? 1
has "is refused" 目的地 "$work/copy"
broken=sqlite:$work/part.db
{ timeout -s KILL 0.3 "$binary" record copy --from "$demo" --to "$broken"; } >/dev/null 2>&1
"$binary" record copy --from "$demo" --to "$broken" >"$work/copy" 2>&1
expect "goes on where it was" $? 0
expect "and is whole" "$("$binary" record verify --store "$broken" >"$work/log" 2>&1; echo $?)" 0
