#!/bin/sh
# SRU 1.2: explain and searchRetrieve, what a question in CQL finds, and what
# is said of one that cannot be answered.  How CQL is read: t-cql.c.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"
. "$srcdir/tests/endpoint.sh"

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1

# sru PARAMETERS: asks as they are; the answer is in $scratch/body.
sru() {
	cgi /sru "$1"
}
# search CQL [PARAMETERS]
search() {
	sru "operation=searchRetrieve&version=1.2&query=$(encoded "$1")&$2"
}
# of XPATH: in the last answer.
of() {
	value "$1" "$scratch/body"
}
# number CQL: of records.
number() {
	search "$1" maximumRecords=0
	of //numberOfRecords
}
# The identifiers of the records in the last answer, in their order.
ids() {
	sed -n 's:<recordIdentifier>\(.*\)</.*:\1:p' "$scratch/body"
}
# fault PARAMETERS: the diagnostic and its details.
fault() {
	sru "$1"
	of 'concat(substring-after(//diagnostic/uri, "diagnostic/1/"), " ",
	    //diagnostic/details)'
}

# ---- explain ----

sru ''
is "without an operation there is an explanation" \
    "$code $(header Content-Type) $(of 'name(/*)')" \
    "200 text/xml; charset=utf-8 explainResponse"
ok "it follows the schema" valid sru "$scratch/body"
is "it says where" "$(of 'concat(//serverInfo/host, " ",
    //serverInfo/port, " ", //serverInfo/database)')" \
    "portaal.example.nl 443 zoek/sru"
is "and what can be asked: every field, and the text" \
    "$(of 'count(//index)')" \
    "$(($("$NASLAG" fields | wc -l)))"
is "each index can be asked, by each of its names" "$(
	sed -n 's/.*<name set="\([a-z]*\)">\([a-zA-Z]*\)<.*/\1.\2/p' \
	    "$scratch/body" >"$scratch/names"
	while read -r name; do
		search "$name=2020" maximumRecords=0
		case $(of //diagnostic/uri) in
		'' | */36) ;;
		*) echo "$name: $(of //diagnostic/uri)" ;;
		esac
	done <"$scratch/names")" ""
sru 'operation=explain&version=1.1'
is "an explanation may be asked for, in 1.1 too" \
    "$(of 'concat(name(/*), " ", /*/version)')" "explainResponse 1.1"
ok "it follows the schema, too" valid sru "$scratch/body"

# ---- searchRetrieve ----

search dublin
is "a search is answered" "$code $(of 'name(/*)')" \
    "200 searchRetrieveResponse"
ok "the answer follows the schema" valid sru "$scratch/body"
is "with as many records as there are hits" "$(of //numberOfRecords)" \
    "$("$NASLAG" search --vorm=json dublin | jq .totaal)"
is "in that order" \
    "$(ids)" \
    "$("$NASLAG" search --vorm=json dublin | jq -r '.resultaten[].id')"
is "a record says whether it is valid" \
    "$(of 'count(//extraRecordData/geldigheid)')" \
    "$(of 'count(//record)')"
is "the request is said again" \
    "$(of 'concat(//echoedSearchRetrieveRequest/query, " ",
	//echoedSearchRetrieveRequest/startRecord)')" "dublin 1"
search '"<b>&amp;]]>"' 'x-connection=BWB&x-info-1=a'
ok "whatever was asked" valid sru "$scratch/body"
is "parameters of others do not matter" "$(of //diagnostic/uri)" ""
is "no hits: none" "$(number 'begrafenis and pompoen')" 0
ok "and the answer is complete" valid sru "$scratch/body"
sru 'operation=searchRetrieve&version=1.1&query=dublin'
ok "version 1.1 follows the schema" valid sru "$scratch/body"
is "it has no identifiers of records yet" \
    "$(of 'concat(/*/version, " ", count(//recordIdentifier))')" "1.1 0"
search dublin 'recordSchema=info:srw/schema/1/dc-v1.1&recordPacking=xml&resultSetTTL=300'
is "the schema may be named in full" "$(of //diagnostic/uri)" ""

# Page after page.
search asiel 'maximumRecords=3'
all=$(of //numberOfRecords)
: >"$scratch/ids"
count=0
while :; do
	ids >>"$scratch/ids"
	next=$(of //nextRecordPosition)
	count=$((count + 1))
	[ -n "$next" ] && [ $count -lt 100 ] || break
	search asiel "maximumRecords=3&startRecord=$next"
done
is "next to next it is all there, once" \
    "$(wc -l <"$scratch/ids") $(sort -u "$scratch/ids" | wc -l)" "$all $all"
search asiel 'maximumRecords=1000'
is "more than 50 records are not given" \
    "$(of '//echoedSearchRetrieveRequest/maximumRecords')" 50
search asiel 'maximumRecords=0'
is "none may be asked for" "$(of 'count(//record)')" 0

# ---- what questions find ----

# same CQL WORDS...: do both find as many, and the same?
same() {
	cql=$1
	shift
	search "$cql" maximumRecords=50
	ids | sort >"$scratch/cql"
	"$NASLAG" search --vorm=json --aantal=50 "$@" |
	    jq -r '.resultaten[].id' | sort >"$scratch/typed"
	is "$cql" "$(of //diagnostic/uri)$(cat "$scratch/cql")" \
	    "$(cat "$scratch/typed")"
	[ -s "$scratch/typed" ] || note "that is nothing"
}
same 'type = werkinstructie' --soort=werkinstructie
same 'dublin and type = werkinstructie' --soort=werkinstructie dublin
same 'type any "werkinstructie landenrapport"' --soort=werkinstructie \
    --soort=landenrapport
same 'asiel not type = werkinstructie' '--soort=!werkinstructie' asiel
same 'title = dublin*' '--titel=dublin*'
same 'date >= 2015' --datum=2015..
same 'date > 2014 and date < 2016' --datum=2015
same 'date within "2011 2015"' --datum=2011..2015
same 'geldigheid = vervallen' --geldigheid=vervallen
same 'land = Syrië' --land=SY
same '(asiel or dublin) and type = werkinstructie' --soort=WI \
    '--q=asiel OF dublin'
same 'bepaalde prox/distance<=3 tijd' 'bepaalde NABIJ/3 tijd'
same '"bepaalde tijd"' '"bepaalde tijd"'
same 'cql.allRecords = 1' ''
is "every word has to occur" "$(number 'text all "dublin pompoen"')" 0
is "what cannot be is nothing" "$(number 'date < 2000 and date > 2010')" 0
is "nor is what is of two kinds" \
    "$(number 'type = werkinstructie and type = landenrapport')" 0
is "with not there is the rest" \
    "$(number 'cql.allRecords=1 not dublin')" \
    "$(($(number cql.allRecords=1) - $(number dublin)))"
sorted() {
	"$NASLAG" search --vorm=json --sorteer="$1" | jq -r '.resultaten[].id'
}
search 'cql.allRecords=1 sortby date/sort.descending'
is "the newest come first" "$(ids)" "$(sorted datum)"
search 'cql.allRecords=1' 'sortKeys=date,,0'
is "sortKeys does the same" "$(ids)" "$(sorted datum)"
search 'cql.allRecords=1 sortby title'
is "titles are in order" "$(ids)" "$(sorted titel)"

# ---- what cannot be answered ----

s='operation=searchRetrieve&version=1.2'
is "another operation: 4" "$(fault 'operation=scan&version=1.2')" "4 scan"
is "whatever its parameters are" \
    "$(fault 'operation=scan&version=1.2&scanClause=title%3Da')" "4 scan"
ok "in an explanation" valid sru "$scratch/body"
is "another version: 5" \
    "$(fault 'operation=searchRetrieve&version=2.0&query=a')" "5 1.2"
is "not a number: 6" "$(fault "$s&query=a&startRecord=x")" "6 startRecord"
is "record 0: 6" "$(fault "$s&query=a&startRecord=0")" "6 startRecord"
is "twice: 6" "$(fault "$s&query=a&query=b")" "6 query"
is "escapes that are none: 6" "$(fault "$s&query=%zz" | cut -c 1-2)" "6 "
long=$(printf '%0300d' 0)
is "more than a query may be long: 12" "$(fault "$s&query=$long")" \
    "12 een waarde is te lang: hoogstens 256 bytes"
is "to a search" "$code $(of 'name(/*)')" "200 searchRetrieveResponse"
ok "which follows the schema" valid sru "$scratch/body"
is "more than all may be long: 12" "$(fault "$long$long$long$long")" \
    "12 de vraag is te lang: hoogstens 1024 bytes"
ok "in an explanation, as nothing of it was read" valid sru "$scratch/body"
is "without a query: 7" "$(fault "$s")" "7 query"
ok "what says so follows the schema" valid sru "$scratch/body"
is "without a version: 7" \
    "$(fault 'operation=searchRetrieve&query=a')" "7 version"
is "without an operation: 7" "$(fault 'version=1.2&query=a')" "7 operation"
is "another parameter: 8" "$(fault "$s&query=a&foo=1")" "8 foo"
is "a query that does not parse: 10" "$(fault "$s&query=a+b")" "10 b"
is "another index: 16" "$(fault "$s&query=dc.creator%3Djansen")" \
    "16 dc.creator"
is "too many words: 48" "$(fault "$s&query=$(encoded \
    "text any \"$(seq -s ' ' 100 150 | cut -c 1-150)\"")" | cut -d ' ' -f 1)" \
    48
is "behind the last record: 61" \
    "$(fault "$s&query=dublin&startRecord=500")" "61 "
is "behind the last that may be asked for: 61" \
    "$(fault "$s&query=dublin&startRecord=5000")" "61 "
is "another schema: 66" "$(fault "$s&query=a&recordSchema=marcxml")" \
    "66 marcxml"
is "another packing: 71" "$(fault "$s&query=a&recordPacking=string")" \
    "71 string"
is "XPath: 72" "$(fault "$s&query=a&recordXPath=/a")" "72 "
is "another order: 80" "$(fault "$s&query=a&sortKeys=type")" "80 type"
is "a stylesheet: 110" "$(fault "$s&query=a&stylesheet=/a.xsl")" "110 "
is "all of them with 200" "$code" 200

# Every case of cql.tsv has an answer of the right kind.
rows=0
: >"$scratch/bad"
while IFS= read -r row; do
	case $row in
	'#'* | 'cql	'*) continue ;;
	esac
	rows=$((rows + 1))
	[ $((rows % 4)) -eq 0 ] || continue
	search "$(printf %s "$row" | cut -f 1)" maximumRecords=2
	[ "$code" = 200 ] && valid sru "$scratch/body" 2>>"$scratch/bad" ||
	    printf '%s\n' "$row" >>"$scratch/bad"
done <"$srcdir/tests/cql.tsv"
is "the cases of cql.tsv have valid answers" \
    "$(grep -v 'validates$' "$scratch/bad")" ""

tap_done
