# Sourced by run.sh: what every answer carries, and what it carries behind a proxy that speaks https.

head_of() { curl -s -o /dev/null -D - "$@" | tr -d '\r'; }
carries() { # carries WHAT LINE: it is one of the head in $head
	expect "$1" "$(grep -qixF -- "$2" <<<"$head" && echo there || echo missing)" there
}

head=$(head_of "$base/")
carries "referrer" "Referrer-Policy: same-origin"
carries "opener" "Cross-Origin-Opener-Policy: same-origin"
carries "resource" "Cross-Origin-Resource-Policy: same-origin"
carries "permissions" "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()"
expect "no other origin is let in" "$(grep -ci '^access-control' <<<"$head")" 0
expect "plain http promises no https" "$(grep -ci '^strict-transport' <<<"$head")" 0
head=$(head_of -d "login=sifa" -d "password=$(password sifa)" "$base/login")
expect "the cookie is kept from scripts and other sites" \
	"$(grep -ci '^Set-Cookie: session=.*; Path=/; HttpOnly; SameSite=Lax$' <<<"$head")" 1

serve secure "$store" --https
secure=$base_secure
head=$(head_of "$secure/")
carries "https stays" "Strict-Transport-Security: max-age=31536000; includeSubDomains"
head=$(head_of -d "login=sifa" -d "password=$(password sifa)" "$secure/login")
cookie=$(sed -n 's/^Set-Cookie: \(__Host-session=[^;]*\); Path=\/; HttpOnly; SameSite=Lax; Secure$/\1/p' <<<"$head")
expect "the cookie is one of this host and https" "${cookie:+there}" there
expect "it opens" "$(status -H "Cookie: $cookie" "$secure/me")" 200
expect "under its own name only" "$(status -H "Cookie: ${cookie#__Host-}" "$secure/me")" 303
csrf=$(curl -s -H "Cookie: $cookie" "$secure/me" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
head=$(head_of -H "Cookie: $cookie" -d "csrf=$csrf" "$secure/logout")
carries "nothing stays in the browser" 'Clear-Site-Data: "cache", "storage"'
expect "and the session is over" "$(status -H "Cookie: $cookie" "$secure/me")" 303
stop secure INT
