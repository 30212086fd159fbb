#!/bin/sh
# Feeds and discovery: Atom for any question, in the terminal and from the
# endpoint, the OpenSearch description, suggestions.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"
. "$srcdir/tests/endpoint.sh"

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1

# ---- Atom in the terminal ----

atom() {
	naslag search --vorm=atom --peildatum="$asof" "$@"
	cp "$scratch/out" "$scratch/feed"
}

atom dublin
ok "a feed is Atom" valid atom "$scratch/feed"
is "it has the hits of the question" \
    "$(value 'count(//entry)' "$scratch/feed")" \
    "$("$NASLAG" search --vorm=json --peildatum="$asof" dublin |
	jq '.resultaten | length')"
is "and says how many there are" \
    "$(value '//totalResults' "$scratch/feed")" "$(total dublin)"
atom begrafenis pompoen
is "without hits the status is 1" "$status" 1
ok "and the feed complete" valid atom "$scratch/feed"
atom --aantal=1000
ok "all documents are a feed" valid atom "$scratch/feed"
is "each with its own id" "$(grep -c '<id>urn:naslag:document:' \
    "$scratch/feed") $(grep '<id>urn:naslag:document:' "$scratch/feed" |
	sort -u | wc -l)" "$(total) $(total)"
is "without a link to a document there is content" \
    "$(value 'count(//entry[not(link)]/content)' "$scratch/feed")" \
    "$(value 'count(//entry[not(link)])' "$scratch/feed")"
atom --geldigheid=vervallen --aantal=1
ok "what is not valid says so first" expr \
    "$(value '//entry/content | //entry/summary' "$scratch/feed")" : Vervallen
is "and in its category" "$(value \
    '//category[@scheme="urn:naslag:veld:geldigheid"]/@term' \
    "$scratch/feed")" vervallen
atom '<script>&"]]>'
ok "what was typed is text" valid atom "$scratch/feed"
is "as it was read" "$(value '//title' "$scratch/feed")" \
    'Documenten over: <script>&'

id() {
	atom "$@"
	value '/feed/id' "$scratch/feed"
}
is "a question has one feed, however it is asked" \
    "$(id --soort=WI dublin)" "$(id dublin soort:werkinstructie)"
is "and whatever page of it is shown" "$(id --vanaf=2 --aantal=2 dublin)" \
    "$(id dublin)"
ok "another question has another" test "$(id dublin)" != "$(id asiel)"
naslag search --vorm=atom dublin
today=$(value /feed/id "$scratch/out")
ok "another date of reference, too" test "$today" != "$(id dublin)"
is "today's is not named: it is every day's" "$today" \
    "urn:naslag:vraag:dublin"

# ---- Atom from the endpoint ----

feed() {
	cgi /feed.atom "$1"
	cp "$scratch/body" "$scratch/feed"
}

feed 'q=asiel&aantal=2'
is "the endpoint has feeds" "$code $(header Content-Type)" \
    "200 application/atom+xml; charset=utf-8"
ok "they are Atom" valid atom "$scratch/feed"
is "the newest first" "$(value '/feed/updated' "$scratch/feed")" \
    "$(value '//entry[1]/updated' "$scratch/feed")"
is "a feed says where it is" \
    "$(value '//link[@rel="self"]/@href' "$scratch/feed")" \
    "$site/feed.atom?q=asiel&sorteer=datum&aantal=2"
is "and where its page" \
    "$(value '/feed/link[@rel="alternate"]/@href' "$scratch/feed")" \
    "$site/?q=asiel&sorteer=datum&aantal=2"
is "documents that are published have links" \
    "$(value 'count(//entry/link[@rel="alternate"])' "$scratch/feed")" 2

count=0
: >"$scratch/ids"
feed 'q=asiel&aantal=4'
while :; do
	valid atom "$scratch/feed" 2>/dev/null || count=1000
	grep '<id>urn:naslag:document:' "$scratch/feed" >>"$scratch/ids"
	next=$(value '//link[@rel="next"]/@href' "$scratch/feed")
	count=$((count + 1))
	[ -n "$next" ] && [ $count -lt 100 ] || break
	feed "${next#*\?}"
done
is "next to next it is all there, once" \
    "$(wc -l <"$scratch/ids") $(sort -u "$scratch/ids" | wc -l)" \
    "$(total asiel) $(total asiel)"
is "the last has a previous" "$(value \
    'count(/feed/link[@rel="previous"])' "$scratch/feed")" 1
feed 'q=begrafenis+pompoen'
ok "no hits: a feed, too" valid atom "$scratch/feed"
is "which is as new as the index" \
    "$(value /feed/updated "$scratch/feed" | cut -c 1-10)" \
    "$(sed -n 's/^made \(.\{10\}\).*/\1/p' "$NASLAG_INDEX"/gen-1/MANIFEST)"
feed 'soort=brief'
is "a wrong question: 400" "$code" 400

# ---- what a file may hold ----

c=$scratch/corpus
mkdir "$c"
printf '<title>A &amp; B \001\037 &lt;b&gt; ]]&gt; "x" &#xFFFE;</title><p>%s' \
    'zeegras \002 &lt;script&gt; ]]&gt; &amp;amp; &#x1F600;' >"$c/a b&c.html"
NASLAG_INDEX=$scratch/odd "$NASLAG" index "$c" >"$scratch/out" 2>&1
NASLAG_INDEX=$scratch/odd "$NASLAG" search --vorm=atom zeegras >"$scratch/feed"
ok "what XML forbids is not in a feed" valid atom "$scratch/feed"
is "an id of odd characters is a URN" \
    "$(value '//entry/id' "$scratch/feed")" \
    'urn:naslag:document:a%20b%26c.html'

# ---- OpenSearch ----

cgi /opensearch.xml ''
is "the description is there" "$code $(header Content-Type)" \
    "200 application/opensearchdescription+xml; charset=utf-8"
ok "it is OpenSearch" valid opensearch "$scratch/body"
cp "$scratch/body" "$scratch/description"
for type in text/html application/atom+xml application/json \
    application/x-suggestions+json; do
	template=$(value "//Url[@type=\"$type\"]/@template" \
	    "$scratch/description")
	asked=$(printf %s "${template#"$site"}" |
	    sed 's/{searchTerms}/dublin/; s/{[a-zA-Z]*?}//g')
	cgi "${asked%%\?*}" "${asked#*\?}"
	is "its template for $type can be asked" \
	    "$code $(header Content-Type | sed 's/;.*//')" "200 $type"
done
cgi /opensearch.xml 'x=1'
is "it takes no keys" "$code" 400

# ---- suggestions ----

suggest() {
	cgi /v1/suggesties "q=$(encoded "$1")"
	jq -c "$2" "$scratch/body"
}
is "suggestions are those of the terminal" "$(suggest dublin '.[1]')" \
    "$("$NASLAG" suggest --vorm=json dublin | jq -c '[.suggesties[].tekst]')"
is "with what was typed" "$(suggest 'Dublin "x' '.[0]')" '"Dublin \"x"'
is "with kinds and addresses, as many" \
    "$(suggest dublin '[(.[1:][] | length)] | unique | length')" 1
is "where there are hits" "$(suggest dublinproc '.[3][0]')" \
    "\"$site/?q=dublinprocedure\""
is "none: complete" "$(suggest xyzzy .)" '["xyzzy",[],[],[]]'
is "nothing typed: complete" "$(suggest '' .)" '["",[],[],[]]'
cgi /v1/suggesties ''
is "without q: 400" "$code" 400
cgi /v1/suggesties 'q=a&q=b'
is "q twice: 400" "$code" 400

tap_done
