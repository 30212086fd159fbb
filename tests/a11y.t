#!/bin/sh
# What html-validate, axe and HTML_CodeSniffer (by pa11y) say of every kind of
# page: no error.  They are in NODE_MODULES, a directory that npm made of
# browser/package.json, with PUPPETEER_SKIP_DOWNLOAD=1: the browser is Debian's.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"
. "$srcdir/tests/browser/servers.sh"
. "$srcdir/tests/browser/webdriver.sh"
. "$srcdir/tests/browser/looks.sh"

: "${NASLAG_CGI:=$builddir/naslag.cgi}"
for needed in "$NASLAG_CGI" curl lighttpd node "${chromium:-chromium}" \
    "${NODE_MODULES:-NODE_MODULES}/.bin/html-validate" \
    "${NODE_MODULES:-NODE_MODULES}/.bin/pa11y"
do
	command -v "$needed" >/dev/null && continue
	echo "1..0 # SKIP ${needed##*/} is not there"
	exit 0
done
trap 'serving_end; chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1
if ! serve lighttpd; then
	echo "Bail out! lighttpd does not start"
	exit 99
fi
pages_of_naslag

# Some of them are errors: what they are is in browser.t.
mkdir "$scratch/pages"
while IFS="$tab" read -r kind path; do
	case $kind in
	'#'*) continue ;;
	esac
	curl -s -o "$scratch/pages/$kind.html" "$here$path"
	printf '%s\t%s\n' "$kind" "$here$path"
done <"$srcdir/tests/browser/kinds.tsv" >"$scratch/kinds"

"$NODE_MODULES/.bin/html-validate" --formatter text \
    --config "$srcdir/tests/browser/htmlvalidate.json" \
    "$scratch"/pages/*.html >"$scratch/invalid" 2>&1
valid=$?
node "$srcdir/tests/browser/a11y.js" "$NODE_MODULES" "$chromium" \
    $(cut -f 2 "$scratch/kinds") >"$scratch/barred" 2>&1
ended=$?

while IFS="$tab" read -r kind url; do
	is "$kind: html-validate has nothing to say" \
	    "$(grep -F "/$kind.html:" "$scratch/invalid")" ""
	is "$kind: neither have axe and HTML_CodeSniffer" \
	    "$(grep -F "$url " "$scratch/barred")" ""
done <"$scratch/kinds"
is "both have seen them all" "$valid $ended" "0 0"

# Tools that find nothing wrong anywhere are none.
cat >"$www/spoilt.html" <<'END'
<!DOCTYPE html>
<html>
<body><p style="color: #ccc; background: #fff">Bleek</p><img src="x"></body>
</html>
END
"$NODE_MODULES/.bin/html-validate" --formatter text \
    --config "$srcdir/tests/browser/htmlvalidate.json" "$www/spoilt.html" \
    >"$scratch/out" 2>&1
ok "what is wrong is found with html-validate" \
    grep -q 'spoilt.html:3.*wcag/h37' "$scratch/out"
node "$srcdir/tests/browser/a11y.js" "$NODE_MODULES" "$chromium" \
    "$here/spoilt.html" >"$scratch/out" 2>&1
ok "with axe" grep -q ' axe color-contrast ' "$scratch/out"
ok "and with HTML_CodeSniffer" grep -q ' htmlcs .*H37' "$scratch/out"
tap_done
