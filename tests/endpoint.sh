# endpoint.sh: what the tests of naslag.cgi share.  Sourced behind naslag.sh.
#
#    cgi PATH QUERY      asks; $code, $scratch/head and $scratch/body
#    header NAME         of the last answer
#    encoded TEXT        percent-encoded, for a query
#    valid SCHEMA FILE   is it XML that follows tests/SCHEMA.rng?
#    value XPATH FILE    the text that an XPath finds in XML; without namespaces:
#                        value 'count(//entry)' FILE
#
# The endpoint is at $site, as the settings of the test say.

: "${NASLAG_CGI:=$builddir/naslag.cgi}"
if [ ! -x "$NASLAG_CGI" ]; then
	echo "1..0 # SKIP naslag.cgi is not built"
	exit 0
fi
if ! command -v xmllint >/dev/null; then
	echo "1..0 # SKIP xmllint is not installed"
	exit 0
fi

site=https://portaal.example.nl/zoek
cat >"$scratch/endpoint.conf" <<END
url = $site
documents = https://portaal.example.nl/documenten
contact = beheer@example.nl
END

cgi() {
	env -i ${ASAN_OPTIONS:+"ASAN_OPTIONS=$ASAN_OPTIONS"} \
	    NASLAG_DATA="$NASLAG_DATA" NASLAG_INDEX="$NASLAG_INDEX" \
	    NASLAG_CONF="$scratch/endpoint.conf" SCRIPT_NAME=/zoek REQUEST_METHOD=GET \
	    PATH_INFO="$1" QUERY_STRING="$2" "$NASLAG_CGI" \
	    >"$scratch/answer" 2>"$scratch/err"
	sed '/^\r$/,$d' "$scratch/answer" | tr -d '\r' >"$scratch/head"
	sed '1,/^\r$/d' "$scratch/answer" >"$scratch/body"
	code=$(sed -n '1s/^Status: \([0-9]*\) .*/\1/p' "$scratch/head")
}

header() {
	sed -n "s/^$1: //p" "$scratch/head"
}

encoded() {
	jq -rn --arg text "$1" '$text | @uri'
}

valid() {
	xmllint --noout --nonet --relaxng "$srcdir/tests/$1.rng" "$2"
}

# Namespaces would have to be declared: they are taken away.
value() {
	sed -e 's/ xmlns\(:[a-z]*\)\{0,1\}="[^"]*"//g' \
	    -e 's/<\(\/\{0,1\}\)[a-z]*:/<\1/g' "$2" |
	    xmllint --nonet --xpath "string($1)" - 2>&1
}
