/*
 * Ask pa11y, with axe and HTML_CodeSniffer, what is wrong with pages by WCAG
 * 2.2 AA: node a11y.js NODE_MODULES CHROMIUM URL...  Prints a line for each
 * error.  The browser is Debian's.
 */
"use strict";
const path = require("path");
const [modules, chromium, ...urls] = process.argv.slice(2);
const load = (name) => require(path.resolve(modules, name));
const puppeteer = load("puppeteer");
const pa11y = load("pa11y");

async function main()
{
	const browser = await puppeteer.launch({
		executablePath: chromium,
		args: [ "--disable-gpu", "--disable-dev-shm-usage" ].concat(
		    process.getuid() === 0 ? ["--no-sandbox"] : []),
	});

	try {
		for (const url of urls) {
			const found = await pa11y(url, {
				browser, runners: ["axe", "htmlcs"],
				standard: "WCAG2AA", timeout: 60000,
				// What axe cannot see, the colour behind text
				// in SVG, browser.t does.
				levelCapWhenNeedsReview: "warning",
			});

			for (const issue of found.issues)
				console.log(url, issue.runner, issue.code,
				    issue.selector, issue.message);
		}
	} finally {
		await browser.close();
	}
}

main().catch((e) => {
	console.log(String(e));
	process.exitCode = 1;
});
