# Sourced by the tests of this folder: what a form's page gives, and posting it. Needs $base, $work (a jar of cookies
# for each account) and status().

hidden() { # hidden NAME: the value of a hidden input of the page in $work/body
	sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$work/body" | head -n 1
}

# post WHO PAGE ACTION CURL-OPTION...: opens the page, posts to ACTION with the page's token, key, seen and day; prints
# the status, leaves the answer in $work/body and its Location in $work/to
post() {
	local who=$1 page=$2 action=$3
	shift 3
	status -b "$work/$who" "$base$page" >/dev/null
	local csrf key seen done
	csrf=$(hidden csrf) key=$(hidden key) seen=$(hidden seen)
	done=$(sed -n 's/.*name="done".* value="\([^"]*\)".*/\1/p' "$work/body")
	status -b "$work/$who" -D "$work/head" --form-string "csrf=$csrf" --form-string "key=$key" \
		--form-string "seen=$seen" --form-string "done=$done" "$@" "$base$action"
	sed -n 's/^Location: \(.*\)\r$/\1/p' "$work/head" >"$work/to"
}

text() { # text WHAT TEXT: it stands on the page in $work/body
	expect "$1" "$(grep -qF -- "$2" "$work/body" && echo there || echo missing)" there
}
no_text() {
	expect "$1" "$(grep -qF -- "$2" "$work/body" && echo there || echo missing)" missing
}

led_to() { sed 's/?.*//' "$work/to"; } # where the last post led
