/*
 * Validate answers with ajv: node ajv.js NODE_MODULES OPENAPI NAME.x.json...
 * NAME is that of the schema.  Prints what is wrong, a line each.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const [modules, api, ...answers] = process.argv.slice(2);
const load = (name) => require(path.resolve(modules, name));
const Ajv = load("ajv");
const ajv = new (Ajv.default || Ajv)({ strict: false, allErrors: true });
try {
	const formats = load("ajv-formats");
	(formats.default || formats)(ajv);
} catch (e) {
	ajv.addFormat("date", /^\d{4}-\d\d-\d\d$/);
}

ajv.addSchema(JSON.parse(fs.readFileSync(api)), "api");
for (const file of answers) {
	const name = path.basename(file).split(".")[0];
	const validate = ajv.getSchema("api#/components/schemas/" + name);

	if (!validate(JSON.parse(fs.readFileSync(file))))
		for (const e of validate.errors)
			console.log(file, e.instancePath, e.message);
}
