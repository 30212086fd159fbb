# webdriver.sh: Chromium, driven by chromedriver's W3C WebDriver protocol with
# curl.  Sourced behind naslag.sh and servers.sh (waits).
#
#    browser_start [JSON]    with preferences of Chromium
#    browser_end
#    wd METHOD PATH [JSON]   a command of the session; $answer is JSON.  If it
#                            cannot be: prints why, returns 1
#    page FUNCTION [ARG]...  what a function of page.js says of the page that is
#                            shown; arguments are strings; $answer
#    element CSS [TEXT]      $found: the first that matches and has it, for wd
#    cdp COMMAND JSON        a command of the DevTools protocol
#    go PATH                 to a page of $here
#    keys JSON               pressed and let go one after another
#    screenshot FILE
#
# Chromium looks up no names and asks nothing but 127.0.0.1.  A process costs
# more here than what it does: most of this is done by the shell itself.

driver_pid= session=
chromium=${CHROMIUM:-$(command -v chromium)}

wd() {
	answer=$(curl -s -m 60 -X "$1" -H 'Content-Type: application/json' \
	    ${3:+--data-binary "$3"} "$driver/session$session$2") || {
		echo "curl: status $? of $1 $2"
		return 1
	}
	case $answer in
	'{"value":{"error":'*)
		printf '%.300s\n' "$answer"
		return 1 ;;
	esac
}

# $json: the arguments as JSON strings, with commas.  None has a control.
json() {
	json=
	for argument; do
		case $argument in
		*[\\\"]*) argument=$(printf %s "$argument" |
		    sed 's/[\\"]/\\&/g') ;;
		esac
		json="$json${json:+,}\"$argument\""
	done
}

# Containers have no room in /dev/shm, and root no sandbox.  What moves is in
# the way of clicks.
new_session() {
	rm -rf "$scratch/profile"
	wd POST "" "$(jq -n --arg chromium "$chromium" \
	    --arg profile "$scratch/profile" --argjson prefs "$1" \
	    --arg sandbox "$2" '{ capabilities: { alwaysMatch: {
	    browserName: "chrome", "goog:loggingPrefs": { browser: "ALL" },
	    timeouts: { pageLoad: 30000, script: 30000 },
	    "goog:chromeOptions": { binary: $chromium, prefs: $prefs, args: ([
		"--headless=new", "--disable-gpu", "--disable-dev-shm-usage",
		"--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync",
		"--disable-extensions", "--disable-default-apps",
		"--force-prefers-reduced-motion", "--window-size=1280,900",
		"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
		"--user-data-dir=\($profile)", $sandbox] |
		map(select(. != ""))) } } } }')" || return
	session=/$(printf %s "$answer" | jq -r .value.sessionId)
}

driver_port() {
	driver=http://127.0.0.1:$(sed -n \
	    's/.*started successfully on port \([0-9]*\).*/\1/p' \
	    "$scratch/chromedriver")
	case $driver in
	*:) return 1 ;;
	esac
}

browser_start() {
	mkdir -p "$scratch/home"
	rm -f "$scratch/chromedriver"	# of one before
	HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home \
	    XDG_CACHE_HOME=$scratch/home TMPDIR=$scratch/home LANGUAGE= \
	    chromedriver --port=0 >"$scratch/chromedriver" 2>&1 &
	driver_pid=$!
	waits $driver_pid driver_port || return
	page_js=$(jq -Rs . "$srcdir/tests/browser/page.js")
	page_js=${page_js%\"}
	prefs=${1-}
	if [ "$(id -u)" -ne 0 ]; then
		new_session "${prefs:-{\}}" "" && return
	fi
	new_session "${prefs:-{\}}" --no-sandbox
}

browser_end() {
	[ -n "$driver_pid" ] || return 0
	[ -z "$session" ] || wd DELETE ""
	kill "$driver_pid" 2>/dev/null
	wait "$driver_pid" 2>/dev/null
	driver_pid= session=
}

page() {
	called=$1
	shift
	json "$@"
	wd POST /execute/sync "{\"script\":$page_js\\nreturn $called.apply(null,\
 arguments);\",\"args\":[$json]}"
}

element() {
	page find "$@" || return
	case $answer in
	'{"value":null}')
		echo "there is no $*"
		return 1 ;;
	esac
	found=${answer%\"*}
	found=${found##*\"}
}

cdp() {
	wd POST /goog/cdp/execute "{\"cmd\":\"$1\",\"params\":$2}"
}

go() {
	wd POST /url "{\"url\":\"$here$1\"}"
}

keys() {
	wd POST /actions "$(jq -n --argjson keys "$1" '{ actions: [{
	    type: "key", id: "keys", actions: ($keys | map(
		{ type: "keyDown", value: . }, { type: "keyUp", value: . }))
	    }] }')"
}

screenshot() {
	wd GET /screenshot && printf %s "$answer" | jq -r .value |
	    base64 -d >"$1"
}
