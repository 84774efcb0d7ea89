# Several processes on one log: acts through all of them at once, the same key on two, sessions that hold on each,
# terms that lapse once, definitions that one publishes and the others follow. On both engines.

several() { # several STORE NAME...: servers on one store
	local store=$1 name
	shift
	for name; do
		serve "$name" "$store" --checkpoints "$work/$name.checkpoints"
	done
}

together() { # together STORE LABEL BASE...
	local store=$1 label=$2 officer base
	shift 2
	officer=$(token "$store" sifa write)
	expect "$label: acts at once" "$(python3 test/operation/load.py 3 "$officer" "$@" >"$work/load" 2>&1 &&
		echo well || tail -n 3 "$work/load")" well
	status -c "$work/jar" -d login=sifa -d "password=$password" "$1/login" >/dev/null
	for base; do
		expect "$label: the session holds at $base" "$(status -b "$work/jar" "$base/api/v1/me")" 200
		expect "$label: ready at $base" "$(status "$base/health/ready")" 200
	done
}

followed() { # followed STORE LABEL BASE...: what one publishes is in force in the others with their next act
	local store=$1 label=$2 officer base k=0
	shift 2
	officer=$(token "$store" sifa write)
	rm -rf "$work/law"
	cp -r law "$work/law"
	sed -i 's/title: 联系电话/title: 办公电话/' "$work/law/kernel/persons.register.yaml"
	"$binary" law publish "$work/law" --store "$store" --checkpoints "$work/none.checkpoints" >"$work/log" 2>&1
	expect "$label: published beside them" $? 0
	for base; do
		k=$((k + 1))
		expect "$label: an act at $base" "$(unit "$base" "$officer" "新设单位$k")" 201
		status -H "Authorization: Bearer $officer" "$base/api/v1/registers/persons" >/dev/null
		has "$label: the new word at $base" 办公电话 "$work/body"
	done
}

password=
fresh() { # fresh STORE: a county whose clock stands at the middle of 2026
	(cd "$work" && "$binary" plan adopt "$OLDPWD/demo/plan.txt" --create-units --today 2026-06-01 --store "$1") \
		>"$work/people" 2>&1
	expect "a county at $1" $? 0
	password=$(awk '$1 == "sifa" { print $2 }' "$work/people")
}

shared=$(database shared)
fresh "$shared"
several "$shared" five six seven
together "$shared" PostgreSQL "$base_five" "$base_six" "$base_seven"
followed "$shared" PostgreSQL "$base_five" "$base_six" "$base_seven"
stop five
stop six
stop seven
expect "PostgreSQL: in order" "$("$binary" record verify --store "$shared" >"$work/log" 2>&1; echo $?)" 0
(cd "$work" && "$binary" record rebuild --check --store "$shared" --checkpoints "$work/five.checkpoints") >"$work/log" 2>&1
expect "PostgreSQL: rebuild equals live" $? 0

here=sqlite:$work/here.db
fresh "$here"
several "$here" eight nine
together "$here" SQLite "$base_eight" "$base_nine"
followed "$here" SQLite "$base_eight" "$base_nine"
stop eight
stop nine

# Ten months later both meet the same lapsed terms at once: each is written once. That the clock jumped is confirmed first.
python3 -c 'import sqlite3, sys
d = sqlite3.connect(sys.argv[1])
d.execute("UPDATE log SET offset_ms = offset_ms + 300 * 86400000")
d.commit()' "$work/here.db"
"$binary" time confirm --store "$here" --checkpoints "$work/eight.checkpoints" >"$work/log" 2>&1
expect "the jump is confirmed" $? 0
several "$here" eight nine
officer=$(token "$here" sifa write)
python3 test/operation/touch.py "$officer" "$base_eight" "$base_nine" >"$work/touched" 2>&1
has "both touched every task" touched "$work/touched"
stop eight
stop nine
expect "terms lapsed, none twice" "$(python3 -c 'import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT subject, body FROM event WHERE kind = ?", ("clock-lapsed",)).fetchall()
print(len(rows) > 1, len(rows) - len(set(rows)))' "$work/here.db")" "True 0"
expect "SQLite: in order" "$("$binary" record verify --store "$here" >"$work/log" 2>&1; echo $?)" 0
"$binary" record rebuild --check --store "$here" --checkpoints "$work/eight.checkpoints" >"$work/log" 2>&1
expect "SQLite: rebuild equals live" $? 0
