#!/bin/sh
# naslag status: what is in the index, what its runs did, in every form.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

# ---- a corpus of hostile names ----

c=$scratch/corpus
sample "$c"
mkdir "$c/<b>map"
for name in '<b>map/<img src=x onerror=alert(1)>.txt' "a'b\"c&d.txt" \
    "$(printf 'regel\n<script>\t2.txt')" "$(printf 'vreemd\377\376.txt')"; do
	printf 'Iets over begrafenissen.\n' >"$c/$name"
done
printf '%%PDF-1.4\nonzin' >"$c/<kapot>.pdf"
# Texts that broke on their way: encoded twice, and a lost encoding.
words='de vreemdeling die in Nederland verblijf houdt heeft recht op opvang'
for i in 1 2 3; do
	echo "$words één coördinator van Syriërs en Eritreeërs"
done | iconv -f cp1252 -t utf-8 >"$c/dubbel<i>.txt"
for i in 1 2 3; do
	echo "$words"
done | tr 'A-Za-z' 'N-ZA-Mn-za-m' >"$c/onzin.txt"

# font FILE RANGE: a PDF whose font says which letters it has, wrongly.
font() {
	map="1 begincodespacerange <00> <FF> endcodespacerange"
	map="begincmap $map 1 beginbfrange $2 endbfrange endcmap"
	lines="($words) Tj T* ($words) Tj T* ($words) Tj"
	lines="BT /F 12 Tf 14 TL 50 700 Td $lines ET"
	cat >"$1" <<END
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length ${#lines}>>stream
$lines
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>endobj
6 0 obj<</Length ${#map}>>stream
$map
endstream endobj
trailer<</Root 1 0 R>>
END
}
font "$c/letters.pdf" '<61> <7a> <0044>'
font "$c/prive.pdf" '<21> <7e> <f021>'
index "$c" >"$scratch/said"
files=$(report .files)

# The page as XML: what has no end in HTML gets one.
as_xml() {
	sed 's/<!DOCTYPE html>//; s/<meta [^>]*>/<meta\/>/' "$1"
}

# page TITLE: it is whole, valid as far as we can tell, and its names are text
page() {
	naslag status --vorm=html
	is "$1: a page" "$status, $(cat "$scratch/err")" "0, "
	ok "$1: of HTML5" grep -q '^<!DOCTYPE html>$' "$scratch/out"
	is "$1: up to its end" "$(tail -n 1 "$scratch/out")" '</html>'
	if command -v xmllint >/dev/null; then
		as_xml "$scratch/out" >"$scratch/page.xml"
		ok "$1: well formed" xmllint --noout "$scratch/page.xml"
	else
		skip "$1: well formed" "there is no xmllint"
	fi
	is "$1: names are text" \
	    "$(grep -cE '<(script|img|b>map|kapot)' "$scratch/out")" 0
	ok "$1: it is UTF-8" iconv -f UTF-8 -t UTF-8 "$scratch/out"
	is "$1: it needs nothing from elsewhere" \
	    "$(grep -ciE 'src=|href=|url\(|@import|https?:' "$scratch/out")" \
	    "$(grep -ciE '&lt;img src=' "$scratch/out")"
}

# runs N: a history of N runs, one a day, the newest an hour ago; every tenth
# was refused.
runs() {
	now=$(date +%s)
	i=$1
	while [ "$i" -gt 0 ]; do
		i=$((i - 1))
		begun=$(date -u -d "@$((now - 3600 - i * 86400))" \
		    +%Y-%m-%dT%H:%M:%SZ)
		if [ $((i % 10)) -eq 9 ]; then
			printf '{"begun":"%s","exitStatus":65,"error":"<u>%s</u>"}\n' \
			    "$begun" "de map is <leeg>"
		else
			printf '{"begun":"%s","exitStatus":0,"published":true,' \
			    "$begun"
			printf '"seconds":%d.5,"files":9,"documents":%d,' \
			    "$((i % 7 + 3))" "$((2000 - i))"
			printf '"indexBytes":%d000,"generation":%d}\n' \
			    "$((9000 - i * 3))" "$((100 - i))"
		fi
	done >"$NASLAG_INDEX/runs.jsonl"
}

page "one run"
ok "the state of the index is in its title" \
    grep -q '^<title>Good ' "$scratch/out"
ok "what was added is named" \
    grep -q '^<li>&lt;b&gt;map/&lt;img src=x onerror=alert(1)&gt;.txt</li>$' \
    "$scratch/out"
ok "and counted" grep -q "<b>$files</b> added" "$scratch/out"
is "there are three charts" "$(grep -c 'role="img"' "$scratch/out")" 3
ok "broken text has its section" grep -q '<h2>With broken text</h2>' \
    "$scratch/out"
rm "$NASLAG_INDEX/runs.jsonl"
page "no history"
ok "it says so" grep -q 'There is no history of runs yet' "$scratch/out"
runs 30
page "thirty runs"
is "three charts again" "$(grep -c 'role="img"' "$scratch/out")" 3
is "every run has its bar" "$(grep -c 'class="chart-bar' "$scratch/out")" 30
is "those that failed, too" \
    "$(grep -c 'class="chart-bar chart-bad"' "$scratch/out")" 3
is "and its row" "$(grep -c '<td class="moment">' "$scratch/out")" 30
ok "and its message, as text" \
    grep -q '&lt;u&gt;de map is &lt;leeg&gt;' "$scratch/out"
printf '{"begun":"2026-\nonzin\n' >>"$NASLAG_INDEX/runs.jsonl"
page "a damaged history"
ok "it says how much of it" grep -q '2 damaged lines' "$scratch/out"

# ---- the other forms ----

naslag status --vorm=json
is "--vorm=json ends well" "$status, $(cat "$scratch/err")" "0, "
is "it has the numbers, the failures and the runs" \
    "$(jq -c '[.state, .files, .notSearchable, .stale, (.failures | length),
	(.runs | length), .changes.deleted]' "$scratch/out")" \
    "[\"good\",$files,2,0,2,30,[]]"

is "and the documents whose text is broken" \
    "$(jq -c '.textQuality | [.good, .broken, .worst[0].path,
	.worst[0].encodedTwice > 0, .measured >= (.worst | length)]' \
	"$scratch/out")" '[85,4,"dubbel<i>.txt",true,true]'

naslag status --vorm=metrics
is "--vorm=metrics ends well" "$status, $(cat "$scratch/err")" "0, "

# Each family has its help, its type, then its samples; no sample comes twice.
good_metrics() {
	awk '
	function bad(why) { print why ": " $0; failed = 1 }
	/^# HELP / { if (seen[$3]++) bad("twice"); help = $3; next }
	/^# TYPE / {
		if ($3 != help) bad("no help")
		if ($4 !~ /^(gauge|counter)$/) bad("type")
		type = $3
		next
	}
	{
		name = $1
		sub(/\{.*/, "", name)
		if (name != type) bad("not of its family")
		if (name !~ /^naslag_[a-z_]+$/) bad("name")
		if ($1 ~ /\{/ && $1 !~ /\{[a-z]+="[a-z-]+"\}$/) bad("label")
		if (NF != 2 || $2 !~ /^-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?$/)
			bad("value")
		if (sample[$1]++) bad("twice")
		n++
	}
	END { if (n < 20) { print n " samples"; failed = 1 }; exit failed }' "$1"
}
ok "they are in the text format of Prometheus" good_metrics "$scratch/out"
ok "with the number of files by reason" \
    grep -qx 'naslag_failed_files{reason="malformed"} 1' "$scratch/out"
ok "and when a run last ended well" \
    grep -Eqx 'naslag_last_success_timestamp_seconds [0-9]{10}' "$scratch/out"

naslag status
is "the text counts broken texts, and names the worst" \
    "$(sed -n '/^broken text/,/^last run/p' "$scratch/out" |
	awk '$1 == "broken" { print $3 } NR > 1 { print $2 }' | sort)" \
    "4
dubbel<i>.txt
letters.pdf
onzin.txt
prive.pdf
run"
is "the text says how the last run ended" \
    "$(sed -n 's/^last run .*: \(published generation [0-9]*\);.*/\1/p' \
	"$scratch/out")" "published generation 100"
is "and the state" "$(sed -n 's/^state *//p' "$scratch/out")" good
printf '{"begun":"%s","exitStatus":65,"error":"de map is leeg"}\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$NASLAG_INDEX/runs.jsonl"
naslag status
ok "a run that was refused is warned of" \
    grep -q '^warning .* was refused (status 65): de map is leeg$' "$scratch/out"

naslag status --failures
is "--failures: status, path, detail, since, attempts, stale" \
    "$(awk -F '\t' '{ print NF, $1, ($4 ~ /^20..-..-..$/), $5, "(" $6 ")" }' \
	"$scratch/out" | sort)" "6 malformed 1 1 ()
6 scan 1 1 ()"
naslag status --quality
is "--quality names what is broken, with what is the matter" \
    "$(head -n 4 "$scratch/out" | cut -f 2,3 | sort)" \
    "dubbel<i>.txt${tab}encoded twice
letters.pdf${tab}letters that make no words
onzin.txt${tab}letters that make no words
prive.pdf${tab}characters that could not be read"
is "the worst first: figure, path, trouble, words, lost, encoded twice, unlikely" \
    "$(awk -F '\t' 'NF != 7 || $1 !~ /^[0-9]+$/ || $1 < last ||
	$4 < 20 || $5 + $6 + $7 > $4 { print } { last = $1 }' \
	"$scratch/out")" ""
ok "of the sample no text is broken" \
    test "$(awk -F '\t' '$1 < 85' "$scratch/out" | wc -l)" -eq 4
naslag status --quality --failures
is "not with --failures" "$status" 2
naslag status --failures --vorm=html
is "not with another form" "$status" 2
naslag status --vorm=pdf
is "a form that there is not: 2" "$status" 2
ok "the others are named" grep -q 'tekst, json, html, metrics' "$scratch/err"

# ---- what is not well ----

naslag status --vorm=html --index="$scratch/none"
is "no index: 66, and no page" "$status $(wc -c <"$scratch/out")" "66 0"

rm "$NASLAG_INDEX"/gen-*/postlist.glass
for form in html json metrics; do
	naslag status --vorm=$form
	is "a damaged index: 69, in $form" "$status" 69
	ok "$form: and an answer all the same" test -s "$scratch/out"
done
naslag status --vorm=html
ok "the page says that it is damaged" \
    grep -q '<section class="state damaged">' "$scratch/out"
naslag status --vorm=json
is "so does JSON" "$(jq -r .state "$scratch/out")" damaged
naslag status
is "and the message" "$status $(wc -l <"$scratch/err")" "69 1"

tap_done
