# compounds.awk: how well compounds are split.
#
#    awk -f compounds.awk SPLITS CASES
#
# SPLITS: lines "word TAB parts", of `t-compound -`.  CASES: the same by a
# reader, '|' where a compound must be cut, '~' where it may be.  Prints the
# words that are wrong, then a line of numbers; exits 1 if precision or recall
# of the cuts is below 95 %.

BEGIN { FS = "\t" }
FNR == 1 { file++ }
/^#/ || NF < 2 { next }

file == 1 {
	sub(/ .*/, "", $2)
	gsub(/[+]/, "", $2)
	split_of[$1] = $2
	next
}

FNR == 1 { next }			# the names of the columns

{
	got = split_of[$1]
	wrong = 0
	i = j = 1
	while (i <= length($2) || j <= length(got)) {
		must = substr($2, i, 1) == "|"
		may = substr($2, i, 1) == "~"
		is = substr(got, j, 1) == "|"
		right += must && is
		extra += is && !must && !may
		missed += must && !is
		wrong += (is && !must && !may) || (must && !is)
		i += must || may
		j += is
		i++
		j++
	}
	if ($2 !~ /[|~]/) {
		simple++
		kept += wrong == 0
	}
	if (wrong)
		print "wrong: " $2 ", split as " got
}

END {
	precision = right / (right + extra + (right == 0))
	recall = right / (right + missed + (right == 0))
	printf "precision %.3f, recall %.3f of %d cuts; %d of %d simple words kept whole\n",
	    precision, recall, right + missed, kept, simple
	exit precision < 0.95 || recall < 0.95
}
