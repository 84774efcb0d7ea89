# Reads C and prints it as `file:line:text`, one source line each, so that a check can grep for code without
# being fooled by comments and strings.
#   -v mode=code   the code, comments left out and every string literal emptied
#   -v mode=text   one line for each string literal: its contents, as written (adjacent ones stay apart);
#                  with -v but=fail those in a statement that calls fail() are left out,
#                  with -v only=fail all the others are
# #include lines appear in neither mode: what they name is no string.
function calls(name)
{
	return statement ~ ("(^|[^A-Za-z_0-9])" name "\\(")
}
function code(piece)
{
	out = out piece
	statement = statement piece
	sub(/^.*[;{}]/, "", statement)
}
FNR == 1 { state = "code"; statement = "" }
{
	rest = $0
	out = ""
	if (state == "code" && rest ~ /^[ \t]*#[ \t]*include/)
		next
	while (rest != "") {
		if (state == "comment") {
			at = index(rest, "*/")
			if (!at)
				break
			rest = substr(rest, at + 2)
			state = "code"
			continue
		}
		if (!match(rest, /["']|\/\*|\/\//)) {
			code(rest)
			break
		}
		mark = substr(rest, RSTART, RLENGTH)
		before = substr(rest, 1, RSTART - 1)
		rest = substr(rest, RSTART + RLENGTH)
		code(before)
		if (mark == "//")
			break
		if (mark == "/*") {
			state = "comment"
			continue
		}
		# A literal ends on its own line; the part before its closing mark has only escapes and others.
		pattern = mark == "\"" ? "^([^\"\\\\]|\\\\.)*\"" : "^([^'\\\\]|\\\\.)*'"
		if (match(rest, pattern)) {
			length_now = RLENGTH
			if (mode == "text" && mark == "\"" && !(but != "" && calls(but)) &&
			    !(only != "" && !calls(only)))
				print FILENAME ":" FNR ":" substr(rest, 1, length_now - 1)
			out = out mark mark
			rest = substr(rest, length_now + 1)
		}
	}
	if (mode == "code" && out ~ /[^ \t]/)
		print FILENAME ":" FNR ":" out
}
