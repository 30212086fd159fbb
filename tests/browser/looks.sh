# looks.sh: what every kind of page has to be.  Sourced behind journeys.sh.
#
#    looks             a test of each claim for each page of kinds.tsv

# nothing FUNCTION: what a function of page.js lists, which should be nothing.
nothing() {
	page "$@" || return
	case $answer in
	'{"value":[]}') return ;;
	esac
	printf %s "$answer" | jq -r '.value[]' | head -n 5
	return 1
}

width() {
	cdp Emulation.setDeviceMetricsOverride "{\"width\":$1,\"height\":740,\
\"deviceScaleFactor\":1,\"mobile\":false}"
}

any_width() {
	cdp Emulation.clearDeviceMetricsOverride '{}'
}

# media TYPE SCHEME: screen, print, or "" for what it is; light or dark
media() {
	cdp Emulation.setEmulatedMedia "{\"media\":\"$1\",\"features\":[\
{\"name\":\"prefers-color-scheme\",\"value\":\"$2\"}]}"
}

# At 320 pixels, that a page of 1280 is at 400 %.
narrow() {
	width 320 && nothing wide && nothing small
}

in_the_dark() {
	media screen dark && sees is shade dark && nothing faint
}

in_the_light() {
	media screen light && sees is shade light && nothing faint
}

# Every control is reached, one after another.
with_the_keyboard() {
	media screen light && any_width && page watchFocus || return
	stops=$(printf %s "$answer" | jq .value)
	# A date is three stops, and a button; with some to spare.
	keys "$(jq -nc --argjson n "$stops" '[range($n + 8)] | map("\uE004")')"
	nothing focusFaults
}

# no_errors URL...: of the console since it was read last, but for the status
# of the page itself.
no_errors() {
	wd POST /se/log '{"type":"browser"}' || return
	printf %s "$answer" | jq -r '.value[] | select(.source != "network" or
	    (.message | test("/zoek/(en/)?(weg|\\?)") | not)) | .message' \
	    >"$scratch/console"
	cat "$scratch/console"
	[ ! -s "$scratch/console" ]
}

look() {
	go "$2"
	ok "$1: dark, with contrast" in_the_dark
	ok "$1: light, with contrast" in_the_light
	ok "$1: 320 pixels wide, without scrolling, and with room for a thumb" \
	    narrow
	ok "$1: the keyboard reaches all, in order, and one sees where it is" \
	    with_the_keyboard
	ok "$1: nothing is blocked, missing or wrong" no_errors
}

# A check that finds nothing is none.
found_out() {
	go "/zoek/" && width 320 && page spoilt "$1" && ! nothing "$1"
}

# What naslag makes itself, for the web server.
pages_of_naslag() {
	"$NASLAG" status --vorm=html >"$www/status.html"
	"$NASLAG" search --vorm=html --peildatum="$asof" asiel >"$www/kept.html"
}

looks() {
	pages_of_naslag
	while IFS="$tab" read -r kind path; do
		case $kind in
		'#'*) continue ;;
		esac
		look "$kind" "$path"
	done <"$srcdir/tests/browser/kinds.tsv"
	for fault in wide small faint; do
		ok "what is $fault is found out" found_out $fault
	done
	any_width >"$scratch/out"
}

# ---- paper ----

on_paper() {
	go '/zoek/?q=dublin' && media print light &&
	    sees is paper "the question, the answer, no form, no facets" &&
	    media "" light
}

# As the browser prints it.
printed() {
	go '/zoek/?q=dublin' && media "" light && wd POST /print '{"page":{"width":21,
	    "height":29.7}}' || return
	printf %s "$answer" | jq -r .value | base64 -d >"$scratch/print.pdf"
	"$NASLAG_EXTRACT" <"$scratch/print.pdf" >"$scratch/print.txt" || return
	for said in 'Gezocht naar: dublin' '9 documenten gevonden' \
	    'WI 2015/25 De Dublinprocedure' "$here/documenten/"; do
		grep -qF "$said" "$scratch/print.txt" && continue
		echo "not on paper: $said"
		return 1
	done
}
