# measure.awk: the results of bench.sh as tables, medians over the rounds.
#
# Rows of building:  set program what wall user sys peak_kb
#                    set program size mb
#                    set - set files bytes
# Rows of searching: query program ms

BEGIN { FS = "\t" }

function add(key, value) {
	values[key, ++count[key]] = value + 0
}

# The median of what add() put under key; sorts it.
function median(key,    n, i, j, v) {
	n = count[key]
	if (!n)
		return 0
	for (i = 2; i <= n; i++) {
		v = values[key, i]
		for (j = i - 1; j > 0 && values[key, j] > v; j--)
			values[key, j + 1] = values[key, j]
		values[key, j + 1] = v
	}
	if (n % 2)
		return values[key, (n + 1) / 2]
	return (values[key, n / 2] + values[key, n / 2 + 1]) / 2
}

function ratio(a, b) {
	return b > 0 ? sprintf("x%.2f", a / b) : "-"
}

function row_of_build(set, program, what,    key, wall, speed) {
	key = set SUBSEP program SUBSEP what
	if (!count[key, "wall"])
		return
	wall = median(key SUBSEP "wall")
	speed = what == "build" && wall > 0 ? \
	    sprintf("%.1f", bytes[set] / 1e6 / wall) : "-"
	printf "%-8s %-8s %8.2f %8.2f %8s %9.1f %9s\n", program, what, wall,
	    median(key SUBSEP "cpu"), speed, median(key SUBSEP "peak"),
	    what == "build" ? size[set, program] : "-"
}

function ratios_of_build(set, what,    o, n) {
	o = set SUBSEP "omindex" SUBSEP what SUBSEP
	n = set SUBSEP "naslag" SUBSEP what SUBSEP
	printf "%-8s %-8s %8s %8s\n", "ratio", what,
	    ratio(median(o "wall"), median(n "wall")),
	    ratio(median(o "cpu"), median(n "cpu"))
}

$3 == "size" { size[$1, $2] = $4; next }
$3 == "set" {
	sets[++nsets] = $1
	files[$1] = $4
	bytes[$1] = $5
	next
}
NF >= 7 {
	key = $1 SUBSEP $2 SUBSEP $3 SUBSEP
	add(key "wall", $4)
	add(key "cpu", $5 + $6)
	add(key "peak", $7 / 1024)
	next
}
NF == 3 {
	if (!($1 in seen)) {
		seen[$1] = 1
		queries[++nqueries] = $1
	}
	if ($2 ~ / hits$/)
		hits[$1, $2] = $3
	else
		add($1 SUBSEP $2, $3)
}

END {
	for (s = 1; s <= nsets; s++) {
		set = sets[s]
		printf "\n%s: %d files, %.1f MB\n", set, files[set],
		    bytes[set] / 1e6
		printf "%-8s %-8s %8s %8s %8s %9s %9s\n", "program", "run",
		    "wall s", "CPU s", "MB/s", "peak MB", "index MB"
		row_of_build(set, "omindex", "build")
		row_of_build(set, "naslag", "build")
		ratios_of_build(set, "build")
		row_of_build(set, "omindex", "again")
		row_of_build(set, "naslag", "again")
		row_of_build(set, "find", "again")
	}
	if (nsets)
		print "\nratio: omindex over naslag; x2.00 is twice as fast"
	if (nqueries)
		printf "%-8s %8s %8s %8s %12s %12s\n", "query", "naslag",
		    "omega", "ratio", "naslag hits", "omega hits"
	for (i = 1; i <= nqueries; i++) {
		q = queries[i]
		n = median(q SUBSEP "naslag")
		o = median(q SUBSEP "omega")
		printf "%-8s %8.2f %8.2f %8s %12s %12s\n", q, n, o,
		    ratio(o, n), hits[q, "naslag hits"], hits[q, "omega hits"]
	}
}
