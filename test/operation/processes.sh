# Several processes on one log: acts through all of them at once, the same key on two, sessions that hold on each,
# terms that lapse once, definitions that one publishes and the others follow, one printed number that several want. On
# both engines.

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

numbered() { # numbered STORE LABEL BASE...: a number that is printed goes to one act, through whichever server it is asked for
	local store=$1 label=$2 person
	shift 2
	person=$(python3 test/operation/paper.py people "$(token "$store" sifa write)" "$1")
	"$binary" account set haoduan --store "$store" --person "$person" <<<"lvxing-qiche-shan 43" >"$work/log" 2>&1
	expect "$label: printed numbers that several want" \
		"$(python3 test/operation/paper.py race "$(token "$store" haoduan write)" "$@" 2>&1)" raced
}

query() { # query STORE STATEMENT: the answer's only column
	case $1 in
	sqlite:*) python3 -c 'import sqlite3, sys
d = sqlite3.connect(sys.argv[1])
for row in d.execute(sys.argv[2].replace("convert_from(body, \"UTF8\")", "CAST(body AS TEXT)")): print(row[0])
d.commit()' "${1#sqlite:}" "$2" ;;
	*) psql -qAtX "${1#postgres:}" -c "${2//\"/\'}" ;;
	esac
}

# Ten months later terms have lapsed on most tasks. All at once three administrators confirm the time, so that each writes
# what lapsed, two or three servers meet the same tasks, remind and so give numbers, units come, and definitions are
# published: each term lapses once, no number is missing or given twice, nothing that was done is lost.
raced() { # raced STORE LABEL NAME...: the servers are not running
	local store=$1 label=$2 officer name one pids=() bases=() reminded
	shift 2
	query "$store" "UPDATE log SET offset_ms = offset_ms + 300 * CAST(86400000 AS BIGINT)"
	several "$store" "$@"
	for name; do
		one=base_$name
		bases+=("${!one}")
	done
	officer=$(token "$store" sifa write)
	sed -i 's/title: 办公电话/title: 值班电话/' "$work/law/kernel/persons.register.yaml"
	for name in one two three; do
		(cd "$work" && exec "$binary" time confirm --store "$store" --checkpoints "$work/$name.none") >"$work/$name.said" 2>&1 &
		pids+=($!)
	done
	(cd "$work" && exec "$binary" law publish "$work/law" --store "$store" --checkpoints "$work/four.none") >"$work/published" 2>&1 &
	pids+=($!)
	python3 test/operation/touch.py "$officer" "${bases[@]}" >"$work/touched" 2>&1 &
	pids+=($!)
	python3 test/operation/mixed.py 5 "$officer" sifa "$password" "$work/$label.acts" "${bases[@]}" >"$work/mixed" 2>&1 &
	pids+=($!)
	for one in "${pids[@]}"; do
		wait "$one"
		expect "$label: part $one of the race: $(cat "$work"/{one,two,three}.said "$work/published" "$work/touched" "$work/mixed" |
			tail -c 300)" $? 0
	done
	for name; do stop "$name"; done
	expect "$label: terms lapsed" "$([ "$(query "$store" "SELECT count(*) FROM event WHERE kind = 'clock-lapsed'")" -gt 3 ] && echo yes)" yes
	expect "$label: none twice" "$(query "$store" "SELECT count(*) FROM (SELECT subject, body FROM event WHERE
		kind = 'clock-lapsed' GROUP BY subject, body HAVING count(*) > 1) AS twice")" 0
	reminded=$(sed -n 's/.*reminded \([0-9]*\).*/\1/p' "$work/touched")
	expect "$label: somebody was reminded" "$([ "$reminded" -gt 5 ] && echo yes || cat "$work/touched")" yes
	query "$store" "SELECT convert_from(body, \"UTF8\") FROM event WHERE kind = 'number-given' AND subject LIKE 'series/reminder%'" |
		sed 's/.*"n":\([0-9]*\).*/\1/' | sort -n >"$work/numbers"
	expect "$label: a number for each, none twice, no gap" "$(cat "$work/numbers")" "$(seq "$reminded")"
	query "$store" "SELECT key FROM event WHERE key <> ''" | sort -u >"$work/keys"
	expect "$label: nothing answered is lost" "$(sort -u "$work/$label.acts" | comm -23 - "$work/keys" | wc -l)" 0
	expect "$label: there were acts" "$([ "$(wc -l <"$work/$label.acts")" -gt 5 ] && echo yes)" yes
	expect "$label: published in the race" "$(query "$store" "SELECT count(*) FROM event WHERE kind = 'law-published' AND
		convert_from(body, \"UTF8\") LIKE '%值班电话%'")" 1
	expect "$label: in order" "$("$binary" record verify --store "$store" >"$work/log" 2>&1; echo $?)" 0
	(cd "$work" && "$binary" record rebuild --check --store "$store" --checkpoints "$work/$1.checkpoints") >"$work/log" 2>&1
	expect "$label: rebuild equals live" $? 0
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
numbered "$shared" PostgreSQL "$base_five" "$base_six" "$base_seven"
stop five
stop six
stop seven
raced "$shared" PostgreSQL five six seven

here=sqlite:$work/here.db
fresh "$here"
several "$here" eight nine
together "$here" SQLite "$base_eight" "$base_nine"
followed "$here" SQLite "$base_eight" "$base_nine"
numbered "$here" SQLite "$base_eight" "$base_nine"
stop eight
stop nine
raced "$here" SQLite eight nine
