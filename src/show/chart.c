#include <config.h>

#include "show/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "show/html.h"

/* In the units of the picture, which grows and shrinks with the page. */
#define WIDTH 330.0
#define HEIGHT 195.0
#define LEFT 46.0		/* room for the values */
#define RIGHT 14.0
#define TOP 28.0		/* for the name of the y axis */
#define BOTTOM 42.0		/* for the places and the name of the x axis */
#define PLOT_WIDTH (WIDTH - LEFT - RIGHT)
#define PLOT_HEIGHT (HEIGHT - TOP - BOTTOM)

#define MAX_LINES 5		/* of the grid */
#define MAX_PLACES 5		/* named on the x axis */
#define MAX_DOTS 40		/* with more points only the last has one */

struct scale {
	double low, high, step;
};

/* The least 1, 2 or 5 times a power of ten that is not below x. */
static double
nice_step(double x)
{
	double power = pow(10, floor(log10(x)));
	static const double nice[] = { 1, 2, 5, 10 };
	size_t i;

	for (i = 0; i < NELEM(nice) - 1; i++)
		if (nice[i] * power >= x * (1 - 1e-9))
			break;
	return nice[i] * power;
}

/* As far as two values a step apart differ: 20,412 and 0.25. */
static void
print_value(double value, double step, struct buf *out)
{
	int decimals = step < 1 ? (int)ceil(-log10(step) - 1e-9) : 0;
	char s[64];
	int n = snprintf(s, sizeof s, "%.*f", decimals, value), i;
	int whole = decimals > 0 ? n - decimals - 1 : n;

	for (i = 0; i < n; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0)
			buf_addc(out, ',');
		buf_addc(out, s[i]);
	}
}

/*
 * Lines of the grid on round values, around all points.  An axis that does not
 * begin at 0 spans at least a fiftieth of the values: a document more is not a
 * steep slope.
 */
static struct scale
make_scale(const struct chart *c)
{
	double least = c->points[0].value, most = least, span;
	double least_step = c->is_whole ? 1 : 0;
	struct scale s;
	size_t i;

	for (i = 1; i < c->npoints; i++) {
		least = fmin(least, c->points[i].value);
		most = fmax(most, c->points[i].value);
	}
	span = fmax(most - least, most / 50);
	if (c->is_bars || least - span < 0)
		span = most - (least = 0);
	if (span <= 0)
		span = 1;
	s.step = fmax(nice_step(span / (MAX_LINES - 1)), least_step);
	s.low = floor(least / s.step) * s.step;
	s.high = ceil(most / s.step) * s.step;
	if (s.high <= s.low)
		s.high = s.low + s.step;
	/* A line through the middle, not along the edge. */
	if (!c->is_bars && least == most && least > 0 && s.low >= s.step &&
	    s.high - s.low < 1.5 * s.step)
		s.low -= s.step;
	return s;
}

static double
y_of(const struct scale *s, double value)
{
	return TOP + PLOT_HEIGHT * (1 - (value - s->low) / (s->high - s->low));
}

/* Bars have room on both sides; a line goes from edge to edge. */
static double
x_of(const struct chart *c, size_t i)
{
	double n = (double)c->npoints, k = (double)i;

	if (c->is_bars || c->npoints == 1)
		return LEFT + PLOT_WIDTH * (k + 0.5) / n;
	return LEFT + PLOT_WIDTH * k / (n - 1);
}

static void
print_grid(const struct chart *c, const struct scale *s, struct buf *out)
{
	double value;

	buf_adds(out, "<g class=\"chart-grid\">\n");
	for (value = s->low; value < s->high + s->step / 2; value += s->step) {
		double y = y_of(s, value);

		buf_addf(out, "<path d=\"M%.1f %.1fH%.1f\"/>"
		    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">", LEFT, y,
		    WIDTH - RIGHT, LEFT - 7, y + 4);
		print_value(value, s->step, out);
		buf_adds(out, "</text>\n");
	}
	buf_addf(out, "<text x=\"0\" y=\"%.1f\">", TOP - 15);
	html_text(c->y_label, out);
	buf_addf(out, "</text>\n<text x=\"%.1f\" y=\"%.1f\" "
	    "text-anchor=\"middle\">", LEFT + PLOT_WIDTH / 2, HEIGHT - 6);
	html_text(c->x_label, out);
	buf_adds(out, "</text>\n</g>\n");
}

/* The first, the last, and some between them; none twice in a row. */
static void
print_places(const struct chart *c, struct buf *out)
{
	size_t n = c->npoints < MAX_PLACES ? c->npoints : MAX_PLACES, i;
	const char *before = "";

	buf_adds(out, "<g class=\"chart-grid\">\n");
	for (i = 0; i < n; i++) {
		size_t at = n > 1 ? i * (c->npoints - 1) / (n - 1) : 0;
		const char *place = c->points[at].place;
		bool is_last = i > 0 && i == n - 1;

		if (strcmp(place, before) == 0)
			continue;
		before = place;
		buf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
		    is_last ? WIDTH : x_of(c, at), HEIGHT - BOTTOM + 17,
		    is_last ? "end" : "middle");
		html_text(place, out);
		buf_adds(out, "</text>\n");
	}
	buf_adds(out, "</g>\n");
}

static void
print_says(const struct chart_point *p, struct buf *out)
{
	buf_adds(out, "<title>");
	html_text(p->says, out);
	buf_adds(out, "</title>");
}

static void
print_bars(const struct chart *c, const struct scale *s, struct buf *out)
{
	double width = fmin(PLOT_WIDTH / (double)c->npoints * 0.7, 28);
	size_t i;

	for (i = 0; i < c->npoints; i++) {
		const struct chart_point *p = &c->points[i];
		/* Something is to be seen of the shortest, too. */
		double height = fmax(y_of(s, s->low) - y_of(s, p->value), 1.5);

		buf_addf(out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" "
		    "width=\"%.1f\" height=\"%.1f\" rx=\"1\">", p->is_bad ?
		    "chart-bar chart-bad" : "chart-bar", x_of(c, i) - width / 2,
		    y_of(s, s->low) - height, width, height);
		print_says(p, out);
		buf_adds(out, "</rect>\n");
		/* One that failed is often short. */
		if (p->is_bad)
			buf_addf(out, "<circle class=\"chart-bad\" cx=\"%.1f\" "
			    "cy=\"%.1f\" r=\"3\"/>\n", x_of(c, i),
			    y_of(s, s->low) - height - 6);
	}
}

/* The points, joined. */
static void
print_path(const struct chart *c, const struct scale *s, struct buf *out)
{
	size_t i;

	for (i = 0; i < c->npoints; i++)
		buf_addf(out, "%c%.1f %.1f", i == 0 ? 'M' : 'L', x_of(c, i),
		    y_of(s, c->points[i].value));
}

static void
print_line(const struct chart *c, const struct scale *s, struct buf *out)
{
	size_t last = c->npoints - 1, i;

	/* A surface stands for an amount: not where the axis begins higher. */
	if (c->npoints > 1 && s->low == 0) {
		buf_adds(out, "<path class=\"chart-area\" d=\"");
		print_path(c, s, out);
		buf_addf(out, "V%.1fH%.1fZ\"/>\n", TOP + PLOT_HEIGHT, x_of(c, 0));
	}
	if (c->npoints > 1) {
		buf_adds(out, "<path class=\"chart-line\" d=\"");
		print_path(c, s, out);
		buf_adds(out, "\"/>\n");
	}
	for (i = c->npoints > MAX_DOTS ? last : 0; i < c->npoints; i++) {
		buf_addf(out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" "
		    "r=\"%s\">", c->points[i].is_bad ? "chart-dot chart-bad" :
		    "chart-dot", x_of(c, i), y_of(s, c->points[i].value),
		    i == last ? "4" : "2.5");
		print_says(&c->points[i], out);
		buf_adds(out, "</circle>\n");
	}
}

void
chart_print(const struct chart *c, struct buf *out)
{
	struct scale s = make_scale(c);

	buf_addf(out, "<svg class=\"chart\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
	    "aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">",
	    WIDTH, HEIGHT, c->id, c->id, c->id);
	html_text(c->title, out);
	buf_addf(out, "</title>\n<desc id=\"%s-desc\">", c->id);
	html_text(c->points[0].says, out);
	if (c->npoints > 1) {
		buf_adds(out, "; ");
		html_text(c->points[c->npoints - 1].says, out);
	}
	buf_adds(out, "</desc>\n");
	print_grid(c, &s, out);
	print_places(c, out);
	(c->is_bars ? print_bars : print_line)(c, &s, out);
	buf_adds(out, "</svg>\n");
}
