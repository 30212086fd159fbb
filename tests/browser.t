#!/bin/sh
# The pages in a real browser, Chromium, from real web servers, lighttpd and
# Apache: what a visitor does, with JavaScript and without, with the keyboard,
# on a phone, in the dark and on paper.  The journeys are in browser/.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"
. "$srcdir/tests/browser/servers.sh"
. "$srcdir/tests/browser/webdriver.sh"
. "$srcdir/tests/browser/journeys.sh"
. "$srcdir/tests/browser/looks.sh"

: "${NASLAG_CGI:=$builddir/naslag.cgi}"
for needed in "$NASLAG_CGI" curl lighttpd chromedriver "${chromium:-chromium}"
do
	command -v "$needed" >/dev/null && continue
	echo "1..0 # SKIP ${needed##*/} is not there"
	exit 0
done
trap 'browser_end; serving_end; chmod -R u+rwX "$scratch"; rm -rf "$scratch"' \
    EXIT

bail() {
	echo "Bail out! $1"
	exit 99
}

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1
serve lighttpd || bail "lighttpd does not start"
browser_start || bail "Chromium does not start"
journeys "lighttpd"
looks
ok "on paper there is what was asked and the answer" on_paper
ok "printed, it has the addresses of the documents" printed
browser_end
serving_end

# What a browser without JavaScript makes of a script.
without_script() {
	wd POST /url "{\"url\":\"data:text/html,<title>none</title>\
<script>document.title='script'</script>\"}" && wd GET /title &&
	    [ "$answer" = '{"value":"none"}' ]
}

if ! has_server apache; then
	skip "the journeys without JavaScript, from Apache" "apache2 is not there"
	tap_done
fi
serve apache || bail "Apache does not start"
browser_start '{"profile.managed_default_content_settings.javascript":2}' ||
    bail "Chromium does not start without JavaScript"
ok "Chromium runs no script" without_script
journeys "Apache, no JavaScript"
tap_done
