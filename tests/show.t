#!/bin/sh
# naslag show, fields, status and terms, and the help of every command.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1
pad=werkinstructies/regulier/PUC_5126_1_wi-2015-46-eergerelateerd-en-huiselijk-geweld.pdf

# ---- show ----

naslag show PUC_5126_1
cp "$scratch/out" "$scratch/by-id"
is "a document is shown by its id" "$status, $(cat "$scratch/err")" "0, "
naslag show "$pad"
ok "by its path" cmp "$scratch/by-id" "$scratch/out"
naslag show 'WI 2015/46'
ok "by its kenmerk" cmp "$scratch/by-id" "$scratch/out"
naslag show 'wi 2015/46'
ok "in small letters, too" cmp "$scratch/by-id" "$scratch/out"
is "first its fields, with where they come from" \
    "$(sed '/^$/q' "$scratch/by-id" | sed 's/  */ /g')" \
    "id PUC_5126_1
pad $pad
titel WI 2015/46 Eergerelateerd en huiselijk geweld [text]
soort werkinstructie (Werkinstructie) [text]
kenmerk WI 2015/46 [text]
thema Regulier [text]
jaar 2015 [derived]
formaat pdf (PDF) [derived]
taal nl (Nederlands) [derived]
datum 2015-10-17 [text]
geldigVan 2015-10-06 [text]
geldigheid geldig
paginas 2"
sed '1,/^$/d' "$scratch/by-id" >"$scratch/text"
ok "then its text" grep -q 'Humanitair tijdelijk' "$scratch/text"
ok "without the label block" sh -c '! grep -q Publicatiedatum "$1"' - \
    "$scratch/text"
for page in 1 2; do
	naslag show --pagina=$page PUC_5126_1
	is "page $page is shown alone" "$status" 0
	cat "$scratch/out" >>"$scratch/pages"
done
ok "the pages together are the text" cmp "$scratch/pages" "$scratch/text"
naslag show 7018
is "a kenmerk of two documents shows both" \
    "$(sed -n 's/^id  *//p' "$scratch/out" | sort | tr '\n' ' ')" \
    "PUC_1145_1 PUC_1160_1 "
naslag show PUC_5119_1
ok "a scan is said not to be searchable" \
    grep -q '^doorzoekbaar  *nee.*scan' "$scratch/out"
is "and has no text" "$(sed '1,/^$/d' "$scratch/out")" ""
naslag show PUC_0_0
is "what is not there: 1" "$status, $(cat "$scratch/out")" "1, "
naslag show -- PUC_5126_1
ok "behind -- everything is a name" cmp "$scratch/by-id" "$scratch/out"
naslag show --index "$NASLAG_INDEX" PUC_5126_1
ok "the value of an option may stand behind a space" \
    cmp "$scratch/by-id" "$scratch/out"

mkdir -p "$scratch/odd/werkinstructies"
cat >"$scratch/odd/werkinstructies/wi-2014-60.html" <<'END'
<html><head><title>Titel</title><meta name="PUC.kenmerk" content="WI 2014/61">
</head><body><p>Tekst.</p></body></html>
END
"$NASLAG" index --index="$scratch/odd-index" "$scratch/odd" >"$scratch/out" 2>&1
naslag show --index="$scratch/odd-index" 'WI 2014/61'
is "what its sources disagree about is shown" \
    "$(sed -n 's/^conflict  *//p' "$scratch/out")" \
    "kenmerk: WI 2014/61 (embedded), WI 2014/60 (name)"

mkdir -p "$scratch/half"
echo 'Een tekst.' >"$scratch/half/a.txt"
echo '<x>' >"$scratch/half/a.txt.metadata.xml"
echo 'Geen tekst.' >"$scratch/half/b.txt"
echo '<x/>' >"$scratch/half/b.txt.metadata.xml"
"$NASLAG" index --index="$scratch/half-index" "$scratch/half" >"$scratch/out" 2>&1
naslag show --index="$scratch/half-index" a.txt
ok "so is a sidecar that is damaged" \
    grep -q '^conflict  *sidecar: damaged (line 2: ' "$scratch/out"
naslag show --index="$scratch/half-index" b.txt
ok "or is of another kind" \
    grep -q '^conflict  *sidecar: damaged (no DiWoo metadata)' "$scratch/out"

# ---- fields ----

naslag fields
is "fields: one line a field, below a head" \
    "$status, $(head -n 1 "$scratch/out")" \
    "0, naam${tab}soort${tab}facet${tab}label${tab}waarden"
is "with five columns" "$(awk -F '\t' '{ print NF }' "$scratch/out" | sort -u)" 5
is "every field is a key of search" "$(tail -n +2 "$scratch/out" | cut -f 1 |
    sort | tr '\n' ' ')" \
    "citeert datum formaat geldigheid jaar kenmerk land soort taal thema titel "
"$NASLAG" search --help | sed -n 's/^  --\([a-z]*\).*/\1/p' >"$scratch/options"
is "and an option of it" "$(tail -n +2 "$scratch/out" | cut -f 1 |
    grep -vxF -f "$scratch/options")" ""
is "the kinds of documents are those of the portal" \
    "$(awk -F '\t' '$1 == "soort" { print $5 }' "$scratch/out")" \
    "landenrapport, werkinstructie, informatiebericht, vdl-factsheet, handleiding, regelgeving, publieksinformatie, formulier, uitspraak, presentatie, tabel, portaalpagina, overig"
# Whatever is listed may be asked for.
refused=
for field in soort geldigheid taal; do
	for value in $(awk -F '\t' -v f=$field '$1 == f { print $5 }' \
	    "$scratch/out" | tr -d ,); do
		"$NASLAG" search --aantal=0 --$field="$value" >"$scratch/x" 2>&1
		[ $? -le 1 ] || refused="$refused $field=$value"
	done
done
is "every value listed may be asked for" "$refused" ""

# ---- status ----

naslag status
is "status ends well" "$status, $(cat "$scratch/err")" "0, "
while read -r name expected; do
	is "status says: $name" \
	    "$(sed -n "s/^ *$name  *//p" "$scratch/out")" "$expected"
done <<END
index $NASLAG_INDEX
generation 1
corpus $(realpath "$corpus")
files 42
documents 42
copies 0
not.searchable 1
scan 1
END
ok "and when it was made" grep -Eq \
    '^made  *[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z \(0\.[0-9] hours ago\)$' \
    "$scratch/out"
ok "by which analyser" grep -Eq '^analyser  *[0-9a-f]{16}$' "$scratch/out"
ok "and its size" grep -Eq '^size  *[0-9]+\.[0-9] MB$' "$scratch/out"
naslag status --failures
is "--failures lists the files, tab-separated: reason, path, details" \
    "$(cut -f 1,2 "$scratch/out" | sort)" \
    "scan${tab}werkinstructies/asiel/PUC_5119_1_wi-2011-26-een-ander-land-is-verantwoordelijk.pdf"

# ---- terms ----

naslag terms Werkinstructies a.m.v. SYRIËRS kinderen
is "terms: a line a word, as typed, a tab, its terms" \
    "$(cat "$scratch/out")" \
    "Werkinstructies${tab}werkinstructie werk instructie
a.m.v.${tab}amv
SYRIËRS${tab}syrier
kinderen${tab}kind"
naslag terms '...' niet-begeleide
is "a word may have no term" "$(head -n 1 "$scratch/out")" "...$tab"
ok "or several, with spaces between" \
    grep -Eq "^niet-begeleide$tab[a-z]+ [a-z]+ [a-z]+\$" "$scratch/out"
naslag terms -- --index
is "what looks like an option may be a word" "$status, $(cut -f 1 "$scratch/out")" \
    "0, --index"

# ---- help ----

for command in index search show similar suggest terms fields status check rollback \
    why-not; do
	naslag $command --help
	is "naslag $command --help: 0" "$status, $(cat "$scratch/err")" "0, "
	ok "  it begins with its usage" sh -c 'head -n 1 "$1" |
	    grep -q "^usage: naslag $2"' - "$scratch/out" $command
	ok "  and names --index and --help" sh -c 'grep -q "^  --index=DIR" "$1" &&
	    grep -q "^  --help" "$1"' - "$scratch/out"
	cp "$scratch/out" "$scratch/help"
	naslag $command -h
	ok "  -h is the same" cmp "$scratch/help" "$scratch/out"
done
naslag --help
is "naslag --help: 0" "$status, $(cat "$scratch/err")" "0, "
is "it names every command" "$(sed -n 's/^  \([a-z-]*\) .*/\1/p' "$scratch/out" |
    tr '\n' ' ')" \
    "index search show similar suggest terms fields status check rollback why-not "
naslag -h
is "-h is the same" "$status" 0
naslag --version
ok "naslag --version says the version" grep -Eq '^naslag [0-9]' "$scratch/out"
NASLAG_INDEX=/nonexistent naslag search --help
is "help needs no index" "$status" 0

# ---- pages with labels of their own ----

mkdir "$scratch/gelabeld"
pages() {
	for i in 1 2 3; do
		text="BT /F 10 Tf 50 700 Td (Zeegras op blad $i.) Tj ET"
		echo "1$i 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
		echo "/Contents 2$i 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj"
		echo "2$i 0 obj<</Length ${#text}>>stream"
		printf '%s\nendstream endobj\n' "$text"
	done
}
cat >"$scratch/gelabeld/boek.pdf" <<END
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>>>endobj
2 0 obj<</Type/Pages/Kids[11 0 R 12 0 R 13 0 R]/Count 3>>endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
$(pages)
trailer<</Root 1 0 R>>
%%EOF
END
"$NASLAG" index --index="$scratch/gelabeld-index" "$scratch/gelabeld" \
    >"$scratch/out" 2>&1
labelled() {
	"$NASLAG" search --index="$scratch/gelabeld-index" --vorm="$1" "$2"
}
is "a page is counted from the first, and called what the document calls it" \
    "$(labelled json zeegras | jq -c '.resultaten[].fragmenten[0] |
	[.pagina, .paginalabel]')" '[1,"i"]'
ok "on a terminal" grep -q 'p\. 1 (genummerd i)' <<END
$(labelled tekst zeegras)
END
ok "on a page" grep -q 'Pagina 1 (genummerd i)' <<END
$(labelled html zeegras)
END
naslag show --index="$scratch/gelabeld-index" --pagina=3 boek.pdf
is "naslag show counts as well" "$(cat "$scratch/out")" "Zeegras op blad 3."

tap_done
