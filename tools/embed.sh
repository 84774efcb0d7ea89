#!/bin/sh
# Files to a C table of assets: embed.sh FILE... Bytes as numbers, so that any compiler and any
# machine takes them; the digest in the address makes the files cacheable for ever.
set -eu
echo "/* Made by tools/embed.sh. */"
i=0
table=
for f in "$@"; do
	case $f in
	*.css) type="text/css; charset=utf-8" ;;
	*.js) type="text/javascript; charset=utf-8" ;;
	*.json) type=application/json ;;
	*.svg) type="image/svg+xml" ;;
	*) echo "embed.sh: no content type for $f" >&2; exit 1 ;;
	esac
	digest=$(sha256sum "$f" | cut -c1-16)
	echo "static const unsigned char asset_$i[] = {"
	od -An -v -tu1 "$f" | sed 's/  */,/g; s/^,//; s/$/,/'
	echo "};"
	table="$table	{ S(\"$(basename "$f")\"), S(\"$type\"), S(\"$digest\"), asset_$i, sizeof asset_$i },
"
	i=$((i + 1))
done
printf 'static const struct asset assets[] = {\n%s};\n' "$table"
