# Reads C and prints it as `file:line:text`, one source line each, so that a check can grep for code without
# being fooled by comments and strings.
#   -v mode=code   the code, comments left out and every string literal emptied
#   -v mode=text   one line for each string literal: its contents, as written (adjacent ones stay apart)
# #include lines appear in neither mode: what they name is no string.
FNR == 1 { state = "code" }
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
			out = out rest
			break
		}
		out = out substr(rest, 1, RSTART - 1)
		mark = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		if (mark == "//")
			break
		if (mark == "/*") {
			state = "comment"
			continue
		}
		# A literal ends on its own line; the part before its closing mark has only escapes and others.
		pattern = mark == "\"" ? "^([^\"\\\\]|\\\\.)*\"" : "^([^'\\\\]|\\\\.)*'"
		if (match(rest, pattern)) {
			if (mode == "text" && mark == "\"")
				print FILENAME ":" FNR ":" substr(rest, 1, RLENGTH - 1)
			out = out mark mark
			rest = substr(rest, RLENGTH + 1)
		}
	}
	if (mode == "code" && out ~ /[^ \t]/)
		print FILENAME ":" FNR ":" out
}
