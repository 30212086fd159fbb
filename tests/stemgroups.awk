# stemgroups.awk: how many pairs of words that belong together share a stem.
#
#    awk -f stemgroups.awk STEMS GROUPS [CLASHES]
#
# STEMS: lines "word TAB stem ...", of `naslag terms` or `t-stem -`; only the
# first term behind the tab counts.  GROUPS: a line of words that belong
# together.  CLASHES: two words a line that must not share a stem.  Prints the
# pairs that are apart and the clashes, then a line of numbers; exits 1 if
# there is a clash, or less than 80 % of the pairs is joined.

FNR == 1 { file++ }
/^#/ || NF == 0 { next }

file == 1 {
	split($0, cell, "\t")
	split(cell[2], term, " ")
	stem[cell[1]] = term[1]
	next
}

file == 2 {
	for (i = 1; i <= NF; i++)
		for (j = i + 1; j <= NF; j++)
			pair($i, $j)
	next
}

NF == 2 {
	if (known($1) && known($2) && stem[$1] == stem[$2]) {
		print "clash: " $1, $2
		clashes++
	}
}

function known(word) {
	if (word in stem)
		return 1
	print "no stem: " word
	clashes++
	return 0
}

function pair(a, b) {
	pairs++
	if (known(a) && known(b) && stem[a] == stem[b])
		joined++
	else
		print "apart: " a, b
}

END {
	part = pairs ? joined / pairs : 0
	printf "%d of %d pairs joined (%.3f), %d clashes\n", joined, pairs,
	    part, clashes
	exit clashes > 0 || part < 0.8
}
