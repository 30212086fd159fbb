# score.awk: how good a ranking is, against judgments.
#
# usage: awk -f score.awk TOPICS.tsv QRELS.txt RUN
#
# TOPICS: topic, query, class, with a header; QRELS: topic 0 path grade, a
# space in a path is %20; RUN: topic, rank, path, best first.  Per class and
# for all topics that have judgments:
#
#    nDCG@10   gain 2^grade - 1, discount log2(rank + 1), over the ideal
#    MRR@10    1 / rank of the first relevant document, if it is in ten
#    R@20      relevant ones in twenty, of what twenty could hold
#    none@10   share of the questions without a relevant one in ten

BEGIN { FS = "\t" }

FILENAME == ARGV[1] {
	if (FNR > 1 && NF > 2)
		class[$1] = $3
	next
}
FILENAME == ARGV[2] {
	if (split($0, f, /[ \t]+/) != 4)
		next
	gsub(/%20/, " ", f[3])
	if (!(f[1] in judged)) {
		judged[f[1]] = 1
		topics[++ntopics] = f[1]
	}
	if (!((f[1], f[3]) in grade))
		number[f[1], ++njudged[f[1]]] = f[3]
	grade[f[1], f[3]] = f[4] + 0
	next
}
{
	gsub(/%20/, " ", $3)
	if (!(($1, $3) in found)) {
		found[$1, $3] = 1
		got[$1, ++ngot[$1]] = $3
	}
}

function gain(g, rank) {
	return (2 ^ g - 1) * log(2) / log(rank + 1)
}

# The best ten possible: takes the largest grade ten times.
function ideal(t,    have, i, g, rank, sum) {
	for (i = 1; i <= njudged[t]; i++)
		have[grade[t, number[t, i]]]++
	rank = 0
	sum = 0
	for (g = 9; g > 0; g--)
		for (i = 0; i < have[g] && rank < 10; i++)
			sum += gain(g, ++rank)
	return sum
}

function score(t, c,    i, g, dcg, rr, in20, relevant, best) {
	for (i = 1; i <= ngot[t] && i <= 20; i++) {
		g = grade[t, got[t, i]] + 0
		if (i <= 10)
			dcg += gain(g, i)
		if (i <= 10 && g > 0 && !rr)
			rr = 1 / i
		in20 += g > 0
	}
	for (i = 1; i <= njudged[t]; i++)
		relevant += grade[t, number[t, i]] > 0
	if (relevant > 20)
		relevant = 20
	best = ideal(t)
	n[c]++
	ndcg[c] += best > 0 ? dcg / best : 0
	mrr[c] += rr
	recall[c] += relevant > 0 ? in20 / relevant : 0
	none[c] += !rr
}

function show(c) {
	printf "%-14s n=%4d nDCG@10=%.3f MRR@10=%.3f R@20=%.3f none@10=%.3f\n",
	    c, n[c], ndcg[c] / n[c], mrr[c] / n[c], recall[c] / n[c],
	    none[c] / n[c]
}

END {
	for (i = 1; i <= ntopics; i++) {
		c = topics[i] in class ? class[topics[i]] : "?"
		if (!(c in n))
			classes[++nclasses] = c
		score(topics[i], c)
		score(topics[i], "all")
	}
	for (i = 2; i <= nclasses; i++) {
		c = classes[i]
		for (j = i - 1; j > 0 && classes[j] > c; j--)
			classes[j + 1] = classes[j]
		classes[j + 1] = c
	}
	for (i = 1; i <= nclasses; i++)
		show(classes[i])
	if (ntopics)
		show("all")
}
