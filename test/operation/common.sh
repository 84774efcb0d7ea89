# What the scripts of this suite share besides test/suite.sh.

token() { # token STORE LOGIN SCOPE
	"$binary" token add "$2" --scope "$3" --days 366 --store "$1" 2>/dev/null
}
unit() { # unit BASE TOKEN NAME [KEY]: status of a new unit
	status -H "Authorization: Bearer $2" -H 'Content-Type: application/json' ${4:+-H "Idempotency-Key: $4"} \
		-d "{\"values\":{\"name\":\"$3\",\"kind\":\"government\",\"led\":\"local\"},\"from\":\"2026-01-01\"}" \
		"$1/api/v1/registers/units/entries"
}
size() { # size STORE: events of the log, as the verifier counts them
	"$binary" record verify --store "$1" --log 990101/demo | sed -n 's/.*核验通过：\([0-9]*\) 条.*/\1/p'
}
database() { # database NAME: a new PostgreSQL database; prints its URL
	local any
	any=$(ls -d /usr/lib/postgresql/*/bin | head -n 1)
	"$any/psql" -q "$ZS_TEST_PG" -c "CREATE DATABASE $1" >&2 && echo "postgres:$ZS_TEST_PG dbname=$1"
}
