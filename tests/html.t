#!/bin/sh
# naslag search --vorm=html: a page that can be kept.  With UPDATE=1 the golden
# files in tests/expect are written anew.  What a page says and that nothing in
# it is more than text is shown in t-page; here it is made of real answers.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1

# ---- golden files ----

# golden NAME ARGUMENTS...: without the style sheet, which is in data/
golden() {
	name=$1
	shift
	naslag search --vorm=html --peildatum="$asof" "$@"
	sed '/^<style>$/,/^<\/style>$/d' "$scratch/out" >"$scratch/page"
	[ -z "${UPDATE-}" ] || cp "$scratch/page" "$srcdir/tests/expect/$name.html"
	if diff -u "$srcdir/tests/expect/$name.html" "$scratch/page" \
	    >"$scratch/diff"; then
		tap_result ok "the page of expect/$name.html"
	else
		tap_result 'not ok' "the page of expect/$name.html"
		sed 's/^/# /' "$scratch/diff"
	fi
}
golden pagina-treffers +vingerafdrukken --aantal=2
is "hits end with status 0" "$status" 0
golden pagina-gekozen --soort=WI --soort=informatiebericht --land='!Syrië' \
    --datum=2010.. --aantal=2 --vanaf=2
golden pagina-niets pompoen
is "and none with 1" "$status" 1

# ---- complete in itself ----

naslag search --vorm=html asiel
is "the style sheet is part of it, whole" \
    "$(sed -n '/^<style>$/,/^<\/style>$/p' "$scratch/out" | sed '1d;$d' |
	cmp - "$NASLAG_DATA/stijl.css" && echo same)" same
is "nothing of it comes from elsewhere" \
    "$(grep -oE '<(script|link|img|iframe|object)[^>]*>|@import|url\(' \
	"$scratch/out")" ""
is "and nothing leads to a server that is none" \
    "$(grep -o 'href="[^"]*"' "$scratch/out" |
	grep -vE '^href="(https?://|#)')" ""

# ---- the same numbers as everywhere ----

is "the total" "$(grep -o '<strong>[0-9.]* documenten gevonden' \
    "$scratch/out")" "<strong>$(total asiel) documenten gevonden"
is "as many hits as asked for" "$("$NASLAG" search --vorm=html --aantal=7 \
    asiel | grep -c '^<p class="geldigheid ')" 7
is "each passage is marked as in JSON" \
    "$("$NASLAG" search --vorm=html --aantal=20 asiel | grep -o '<mark>' |
	wc -l | tr -d ' ')" \
    "$(found asiel | jq '[.resultaten[:20][].fragmenten[].treffers[]] | length')"
is "every validity is said in words" \
    "$("$NASLAG" search --vorm=html --aantal=1000 --peildatum="$asof" |
	grep -c '^<p class="geldigheid [a-z]*"><strong>[A-Z]')" \
    "$(found | jq '.resultaten | length')"

# ---- in English ----

if command -v msgfmt >/dev/null && command -v xgettext >/dev/null; then
	cd "$srcdir" || exit 99
	ok "all that pages say is there in English" \
	    sh tools/en.po.sh --check
else
	skip "all that pages say is there in English" "no gettext"
fi

tap_done
