# journeys.sh: walks the journeys of journeys.tsv in the browser.  Sourced
# behind servers.sh and webdriver.sh.
#
#    journeys WAY      a test for each; WAY is said in its title

# sees STEP ARG...: page.js says yes, within twenty seconds.
sees() {
	tries=100
	while page see "$@"; do
		case $answer in
		'{"value":"yes"}') return ;;
		esac
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || break
		sleep 0.2
	done
	echo "$answer"
	return 1
}

step_open() {
	go "/zoek$1"
}

step_fill() {
	element "$1" && wd POST "/element/$found/clear" '{}' &&
	    wd POST "/element/$found/value" "{\"text\":\"$2\"}"
}

step_enter() {
	element "$1" && wd POST "/element/$found/value" '{"text":"\uE007"}'
}

step_choose() {
	step_click "$1 option[value=$2]"
}

step_click() {
	element "$@" && wd POST "/element/$found/click" '{}'
}

# Tab, as often as it takes; a date has stops of its own.
step_tab() {
	for round in 1 2 3; do
		page tabsTo "$@" || return
		tabs=${answer#*:} tabs=${tabs%\}}
		[ "$tabs" -gt 0 ] || break
		keys "$(jq -nc --argjson n "$tabs" '[range($n)] | map("\uE004")')"
	done
	[ "$tabs" -eq 0 ] || echo "$tabs stops away"
	[ "$tabs" -eq 0 ]
}

# Keys, wherever the focus is.
step_strike() {
	case $1 in
	Enter) keys '["\uE007"]' ;;
	Space) keys '[" "]' ;;
	Down) keys '["\uE015"]' ;;
	*) keys "$(jq -nc --arg text "$1" '$text | split("")')" ;;
	esac
}

step_keep() {
	page numberOf "$1" && kept=$(printf %s "$answer" | jq -er .value)
}

step_total() {
	sees total "$kept"
}

step_hide() {
	mv "$NASLAG_INDEX" "$NASLAG_INDEX.away"
}

step_unhide() {
	mv "$NASLAG_INDEX.away" "$NASLAG_INDEX"
}

step() {
	case $1 in
	open | fill | enter | choose | click | tab | strike | keep | total | \
	    hide | unhide)
		step=$1
		shift
		"step_$step" "$@" ;;
	*) sees "$@" ;;
	esac
}

walk() {
	while IFS="$tab" read -r verb what value; do
		step "$verb" "$what" ${value:+"$value"} && continue
		echo "at: $verb $what $value"
		return 1
	done <"$1"
}

journeys() {
	rm -rf "$scratch/journeys"
	mkdir "$scratch/journeys"
	awk -v dir="$scratch/journeys" '
	/^#/ || /^$/ { next }
	!/\t/ && !/^(total|is-pdf|hide|unhide)$/ {
		file = sprintf("%s/%03d", dir, ++n)
		print >(file ".title")
		next
	}
	{ print >(file ".steps") }' "$srcdir/tests/browser/journeys.tsv"
	for steps in "$scratch"/journeys/*.steps; do
		ok "$1: $(cat "${steps%.steps}.title")" walk "$steps"
		[ -e "$NASLAG_INDEX" ] || step_unhide
	done
}
