# words.zh.txt to the lines WORD(id, "text") of web/words.h. A line is: id, blanks, text.
# Blank lines and lines beginning with # are passed over. Used: awk -f words.awk FILE.
BEGIN { print "/* Made from words.zh.txt by tools/words.awk. */" }
/^[ \t]*(#|$)/ { next }
{
	id = $1
	text = $0
	sub(/^[^ \t]+[ \t]+/, "", text)
	if (id !~ /^[a-z][a-z0-9_]*$/ || NF < 2 || (id in seen)) {
		print FILENAME ":" FNR ": id twice, without text or not [a-z0-9_]: " id > "/dev/stderr"
		exit 1
	}
	seen[id] = 1
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	print "WORD(" id ", \"" text "\")"
}
