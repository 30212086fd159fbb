#!/bin/sh
# Large collections from elsewhere: files that break parsers, in HOSTILE_DIR,
# and a portal with a manifest of what its documents are, in CORPUS_DIR and
# MANIFEST.  Skipped where they are not.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

# ---- files that break parsers ----

if [ ! -d "${HOSTILE_DIR-}" ]; then
	skip "every hostile file is accounted for" "HOSTILE_DIR is not set"
else
	begun=$(date +%s)
	# 600 s is far beyond what all limits together allow.
	timeout 600 "$NASLAG" index --report="$scratch/report" "$HOSTILE_DIR" \
	    >"$scratch/out" 2>"$scratch/err"
	is "the hostile files are indexed to the end" "$?" 0
	note "$(tail -n 1 "$scratch/out")"
	find "$HOSTILE_DIR" -type f ! -path '*/.*' >"$scratch/found"
	sidecars=$(sed -n 's/\.metadata\.xml$//p' "$scratch/found" |
	    grep -cxF -f - "$scratch/found")
	is "every file is accounted for" "$(report .files)" \
	    $(($(wc -l <"$scratch/found") - sidecars))
	naslag status
	is "as a document or as a copy of one" "$(report .files+.within)" \
	    "$(awk '/^(documents|copies) / { n += $2 } END { print n }' \
		"$scratch/out")"
	is "each that is not searchable has a known reason" \
	    "$(report '.failures[].status' | sort -u | grep -vxE \
		'empty|scan|encrypted|unsupported|unknown|malformed|bomb|too-big|limit-(cpu|memory|wall|output)|crashed')" ""
	is "no file breaks out of the sandbox's rules" \
	    "$(report '.byReason["sandbox-violation"] // 0')" 0
	ok "within five minutes" [ $(($(date +%s) - begun)) -lt 300 ]
	is "the next run reads nothing" "$(index "$HOSTILE_DIR" |
	    sed 's/.*published/published/')" "published false"
	is "the answers are valid UTF-8 without controls" \
	    "$("$NASLAG" search --vorm=tsv --aantal=1000 |
		iconv -f UTF-8 -t UTF-8 | tr -d '\t\n' |
		LC_ALL=C grep -c '[[:cntrl:]]')" 0
	rm -rf "$NASLAG_INDEX"
fi

# ---- a portal and its manifest ----

if [ ! -d "${CORPUS_DIR-}" ] || [ ! -r "${MANIFEST-}" ]; then
	skip "the fields are those of the manifest" \
	    "CORPUS_DIR and MANIFEST are not set"
	tap_done
fi
"$NASLAG" index --report="$scratch/report" "$CORPUS_DIR" \
    >"$scratch/out" 2>"$scratch/err"
is "the portal is indexed" "$?" 0
note "$(tail -n 1 "$scratch/out")"
find "$CORPUS_DIR" -type f ! -name '*.metadata.xml' >"$scratch/found"
is "every file is accounted for" "$(report .files)" \
    "$(wc -l <"$scratch/found")"
naslag status
is "as a document or as a copy of one" "$(report .files+.within)" \
    "$(awk '/^(documents|copies) / { n += $2 } END { print n }' "$scratch/out")"
note "not searchable: $(report '.byReason | tojson')"

# All documents, by path: a copy stands for itself with the fields of its hit.
: >"$scratch/hits"
from=0
while [ $from -lt "$(total)" ]; do
	"$NASLAG" search --vorm=jsonl --peildatum="$asof" --aantal=1000 \
	    --vanaf=$from >>"$scratch/hits"
	from=$((from + 1000))
done

# The manifest speaks the portal's language, ours is that of DESIGN.
prefix=$(basename "$CORPUS_DIR")
jq -c --arg prefix "$prefix/" '{pad: (.path | ltrimstr($prefix)),
    metadata_in, text_layer, format, notes, kenmerk,
    soort: (.type | ascii_downcase | {"vdl factsheet": "vdl-factsheet",
	"bundel": "overig"}[.] // .),
    land, datum: .publicatiedatum, geldigVan: .geldig_van, geldigTot: .geldig_tot,
    geldigheid: (.validity | {"nog niet geldig": "toekomstig"}[.] // .)}' \
    "$MANIFEST" >"$scratch/truth"
# Names of countries, and other names for them, to codes.
tail -n +2 "$NASLAG_DATA/landen.tsv" | grep -v '^#' | jq -R -s '
    [split("\n")[] | select(. != "") | split("\t")
    | .[0] as $code | (.[2], (.[3] // "" | split(";")[]))
    | select(. != "") | {(ascii_downcase): $code}] | add' >"$scratch/countries"
# Which files, or their sidecars, name a period at all: the manifest knows some
# dates that the documents do not tell.
(cd "$CORPUS_DIR" && grep -rlE \
    'DCTERMS\.available|<dt>Geldig van|geldigVan|<[a-z:]*begindatum' .) |
    sed 's,^\./,,; s/\.metadata\.xml$//' | sort -u |
    jq -R -s 'split("\n") | map({(.): true}) | add' >"$scratch/dated"
jq -c -n --slurpfile dated "$scratch/dated" --slurpfile hits "$scratch/hits" --slurpfile truth "$scratch/truth" \
    --slurpfile countries "$scratch/countries" '
    ([$hits[] | . as $h | (.pad, .ookAls[]) | {(.): $h}] | add) as $by
    | $truth[] | . as $t | $by[.pad] as $h
    | {pad, metadata_in, text_layer, format,
	found: ($h != null),
	soort: ($h.soort == .soort),
	kenmerk: ($h.kenmerk == .kenmerk),
	geldigVan: ($h.geldigVan == .geldigVan),
	geldigTot: ($h.geldigTot == .geldigTot),
	landen: ($h.landen == (if .land == null then []
	    else [$countries[0][.land | ascii_downcase] // .land] end)),
	geldigheid: ($h.geldigheid == .geldigheid),
	readable: (.format | IN("pdf", "html", "htm", "txt", "docx", "odt",
	    "rtf", "xml")),
	has_kenmerk: (.kenmerk != null), has_landen: (.land != null),
	has_geldigVan: (.geldigVan != null and $dated[0][.pad]),
	has_geldigTot: (.geldigTot != null and $dated[0][.pad]),
	no_kenmerk: (.kenmerk == null), no_landen: (.land == null),
	no_geldigVan: (.geldigVan == null), no_geldigTot: (.geldigTot == null),
	tells: ($dated[0][.pad] or (.geldigVan == null and .geldigTot == null)),
	said: [$h.soort, $h.kenmerk, $h.geldigVan, $h.geldigTot, $h.landen,
	    $h.geldigheid],
	true: [.soort, .kenmerk, .geldigVan, .geldigTot, .land, .geldigheid]}' \
    >"$scratch/compared"
is "every document of the manifest is found" \
    "$(jq -c 'select(.found | not) | .pad' "$scratch/compared")" ""

# share SELECT FIELD: for how many of 1000 the field is right
share() {
	jq -s "map(select($1)) | if length == 0 then 0 else
	    (map(select(.$2)) | length) * 1000 / length | floor end" \
	    "$scratch/compared"
}
# at_least TITLE SELECT FIELD THOUSANDTHS
at_least() {
	got=$(share "$2" "$3")
	if [ "$got" -ge "$4" ]; then
		tap_result ok "$1: $3 ($got of 1000)"
	else
		tap_result 'not ok' "$1: $3 ($got of 1000, not $4)"
		jq -c "select(($2) and (.$3 | not)) | [.pad, .said, .true]" \
		    "$scratch/compared" | head -n 20 | sed 's/^/# /'
	fi
}
carried='.metadata_in == "sidecar" or .metadata_in == "embedded"'
in_text='.metadata_in == "file" and .text_layer and .readable'
at_least "with metadata beside or in the file" "$carried" soort 970
at_least "with a label block in a text that is read" "$in_text" soort 900
for field in kenmerk geldigVan geldigTot landen; do
	at_least "where metadata carry it" "($carried) and .has_$field" $field 970
	at_least "where there is none, it is not made up" \
	    "($carried) and .no_$field" $field 970
done
at_least "where metadata tell the period, or there is none" \
    "($carried) and .tells" geldigheid 1000

# ---- facets ----

for q in '' asiel 'verblijfsvergunning regulier' 'bekering iran'; do
	found --q="$q" | jq -r '.facetten[] | .veld as $veld | .waarden[]
	    | [$veld, .waarde, .aantal] | @tsv' >"$scratch/values"
	wrong=
	while IFS=$tab read -r field value number; do
		n=$("$NASLAG" search --vorm=json --aantal=0 --q="$q" \
		    --peildatum="$asof" --"$field=$value" | jq .totaal)
		[ "$n" = "$number" ] || wrong="$wrong $field=$value"
	done <"$scratch/values"
	is "all $(wc -l <"$scratch/values") numbers are what choosing them shows: $q" \
	    "$wrong" ""
done

tap_done
