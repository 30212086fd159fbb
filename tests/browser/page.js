/*
 * What the tests ask of a page that Chromium shows.  Sent along with every
 * question, as the body of a function: nothing stays behind in the page.
 */
"use strict";

const squeeze = (s) => s.replace(/[\s\u00a0]+/g, " ").trim();
const all = (css) => Array.from(document.querySelectorAll(css));

function find(css, text)
{
	return all(css).find((e) =>
	    squeeze(e.textContent).includes(text || "")) || null;
}

function textOf(css)
{
	const e = document.querySelector(css);

	return e === null ? "(no " + css + ")" : squeeze(e.innerText);
}

/* What each step of a journey says of the page: true, or what is there. */
const seen = {
	shows: (css, text) => textOf(css).includes(text) || textOf(css),
	lacks: (css) => all(css).length === 0 || textOf(css),
	times: (css, n) => all(css).length === Number(n) || all(css).length,
	holds: (css, value) => document.querySelector(css).value === value ||
	    document.querySelector(css).value,
	at: (text) => location.href.includes(text) || location.href,
	status: (code) => statusCode() === Number(code) || statusCode(),
	total: (n) => numberIn(textOf(".totaal strong")) === n ||
	    textOf(".totaal strong"),
	speaks: (code) => document.documentElement.lang === code ||
	    document.documentElement.lang,
	is: (what, value) => answers[what]() === value || answers[what](),
	"is-pdf": () => document.contentType === "application/pdf" ||
	    document.contentType,
};

const statusCode = () =>
    performance.getEntriesByType("navigation")[0].responseStatus;
const numberIn = (s) => s.replace(/\D/g, "");
const numberOf = (css) => numberIn(textOf(css));

function see(step, ...args)
{
	const answer = document.readyState === "complete" ?
	    seen[step](...args) : "(loading)";

	return answer === true ? "yes" : "instead: " + answer;
}

/* ---- how it looks ---- */

const controls = "a[href], button, input, select, summary, textarea";

function isSeen(e)
{
	return e.checkVisibility({ visibilityProperty: true }) &&
	    e.getClientRects().length > 0;
}

const nameOf = (e) => e.localName + (e.id ? "#" + e.id : "") +
    Array.from(e.classList, (c) => "." + c).join("") + " ‘" +
    squeeze(e.textContent || e.value || "").slice(0, 30) + "’";

/* What sticks out to the right, and so would make it scroll. */
function wide()
{
	const width = document.documentElement.clientWidth;

	if (document.documentElement.scrollWidth <= width)
		return [];
	return all("body *").filter((e) => isSeen(e) &&
	    e.getBoundingClientRect().right > width + 1).map(nameOf);
}

/*
 * Controls that are smaller than 24 by 24 pixels, but for links in a sentence,
 * and but for those that have the room of 24 pixels to themselves (WCAG 2.5.8).
 */
function small()
{
	const seen = all(controls).filter((e) => isSeen(e) && !e.closest(
	    ".vh") && e.type !== "hidden" && !e.matches(".overslaan"));
	const middle = (r) => [(r.left + r.right) / 2, (r.top + r.bottom) / 2];
	const isSmall = (r) => r.width < 24 || r.height < 24;

	const crowds = (r, other) => {
		const [x, y] = middle(r);

		if (isSmall(other)) {
			const [x2, y2] = middle(other);

			return Math.hypot(x - x2, y - y2) < 24;
		}
		return Math.hypot(Math.max(other.left - x, 0, x - other.right),
		    Math.max(other.top - y, 0, y - other.bottom)) < 12;
	};

	return seen.filter((e) => {
		const r = e.getBoundingClientRect();

		return isSmall(r) && seen.some((o) => o !== e &&
		    crowds(r, o.getBoundingClientRect()));
	}).map(nameOf);
}

/* ---- contrast ---- */

/* "rgb(1, 2, 3)" and "rgba(1, 2, 3, 0.5)" as numbers. */
function colour(s)
{
	const c = s.match(/[\d.]+/g).map(Number);

	return c.length === 3 ? c.concat(1) : c;
}

const over = (a, b) => [0, 1, 2].map((i) =>
    a[i] * a[3] + b[i] * (1 - a[3])).concat(1);

function backgroundOf(e)
{
	const own = [];

	for (; e !== null; e = e.parentElement)
		own.push(colour(getComputedStyle(e).backgroundColor));
	return own.reduceRight((below, c) => over(c, below),
	    matchMedia("(prefers-color-scheme: dark)").matches ?
	    [18, 18, 18, 1] : [255, 255, 255, 1]);
}

function luminance(c)
{
	const [r, g, b] = c.slice(0, 3).map((v) => v / 255).map((v) =>
	    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a, b)
{
	const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);

	return (x + 0.05) / (y + 0.05);
}

const hasText = (e) => Array.from(e.childNodes).some((n) =>
    n.nodeType === Node.TEXT_NODE && n.data.trim() !== "");

const inkOf = (e) => colour(getComputedStyle(e)[e.closest("svg") !== null ?
    "fill" : "color"]);

/* Text that is not 4.5 to 1 (WCAG 1.4.3; we make no use of what is large). */
function faint()
{
	return all("body *").filter((e) => isSeen(e) && (hasText(e) ||
	    e.matches("input, select")) && !e.closest(".vh, title, defs"))
	    .filter((e) => {
		const back = backgroundOf(e);

		return ratio(over(inkOf(e), back), back) < 4.5;
	}).map(nameOf);
}

/* Dark or light, as the page is. */
const shade = () => luminance(backgroundOf(document.body)) < 0.2 ? "dark" :
    "light";

/* ---- the keyboard ---- */

const stops = () => all(controls).filter((e) => isSeen(e) &&
    e.tabIndex >= 0 && e.type !== "hidden");

/* Of each control that gets the focus, whether one sees that. */
function watchFocus()
{
	window.focused = [];
	addEventListener("focusin", (event) => {
		const e = event.target, style = getComputedStyle(e);
		const around = backgroundOf(e.parentElement);
		const isPlain = style.outlineStyle === "none" ||
		    parseFloat(style.outlineWidth) < 2 ||
		    ratio(colour(style.outlineColor), around) < 3;

		window.focused.push([e, isPlain ? "unseen: " : ""]);
	});
	return stops().length;
}

/*
 * What is not as it should be: a control that is passed over, another order
 * than that of the text, a focus that is not seen.  Where the page starts in
 * the middle, the round begins there.
 */
function focusFaults()
{
	const want = stops(), got = window.focused.slice(0, want.length);
	const first = got.length > 0 ? want.indexOf(got[0][0]) : 0;
	const faults = got.filter((g) => g[1] !== "").map((g) =>
	    g[1] + nameOf(g[0]));

	if (got.length < want.length)
		faults.push(got.length + " of " + want.length + " reached");
	got.forEach(([e], i) => {
		const w = want[(first + i) % want.length];

		if (w !== e)
			faults.push(nameOf(e) + " instead of " + nameOf(w));
	});
	return faults.slice(0, 5);
}

/* How many stops it is to a control from where the focus is; 0: it is there. */
function tabsTo(css, text)
{
	const to = find(css, text), from = document.activeElement;
	const isBehind = (e, other) => Boolean(
	    other.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);

	return stops().filter((e) => isBehind(e, from) &&
	    (e === to || isBehind(to, e))).length;
}

/* ---- paper ---- */

function paper()
{
	const shown = (css) => all(css).some(isSeen);
	const parts = [
		["the question", ".alleen-papier", true],
		["the answer", ".resultaten h3", true],
		["no form", "form", false],
		["no facets", "aside", false],
	];

	return parts.filter(([, css, is]) => shown(css) === is)
	    .map(([name]) => name).join(", ");
}

/* What has one answer. */
const answers = { shade, paper };

/* ---- a page that is spoilt, to be found out ---- */

const spoil = {
	wide: () => { document.querySelector("h1").style.width = "900px"; },
	small: () => all(".gekozen a, .voorbeelden a, aside a").forEach((e) => {
		e.style.cssText = "display:inline-block;min-height:0;" +
		    "padding:0;line-height:1;font-size:8px";
		e.parentElement.style.cssText = "line-height:1;padding:0;" +
		    "min-height:0;font-size:8px";
	}),
	faint: () => {
		document.querySelector("h1").style.color =
		    "rgba(128, 128, 128, 0.6)";
	},
};

const spoilt = (how) => (spoil[how](), true);
