# schema.jq: what is wrong with a value, according to a schema of OpenAPI 3.0.
#
#    jq -r --slurpfile api openapi.json --arg name Antwoord -f schema.jq VALUE
#
# Prints a line for each fault, nothing if there is none.  Knows what our
# schemas use: $ref, nullable, type, enum, format date, pattern, limits,
# properties, required, additionalProperties, items, anyOf.

def resolved($root):
	if has("$ref") then
		.["$ref"] as $ref |
		$root | getpath($ref | ltrimstr("#/") | split("/")) |
		resolved($root)
	else . end;

def has_type($wanted):
	if $wanted == "integer" then type == "number" and . == floor
	else type == $wanted end;

def is_day:
	test("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");

def faults($schema; $root; $at):
	. as $value | ($schema | resolved($root)) as $s |
	if $value == null and $s.nullable == true then empty
	elif $s.anyOf then
		if any($s.anyOf[];
		    [. as $one | $value | faults($one; $root; $at)] == [])
		then empty else "\($at): fits none of anyOf" end
	elif $s.type and ($value | has_type($s.type) | not) then
		"\($at): \($value | type) instead of \($s.type)"
	else
		(if $s.enum and ($s.enum | index([$value]) | not) then
			"\($at): \($value) is not in the list" else empty end),
		(if $s.format == "date" and ($value | is_day | not) then
			"\($at): \($value) is no date" else empty end),
		(if $s.pattern and ($value | test($s.pattern) | not) then
			"\($at): \($value) is not like \($s.pattern)"
			else empty end),
		(if $s.minLength and ($value | length) < $s.minLength then
			"\($at): too short" else empty end),
		(if $s.minimum and $value < $s.minimum then
			"\($at): less than \($s.minimum)" else empty end),
		(if $s.maximum and $value > $s.maximum then
			"\($at): more than \($s.maximum)" else empty end),
		(if $s.minItems and ($value | length) < $s.minItems or
		    ($s.maxItems and ($value | length) > $s.maxItems) then
			"\($at): \($value | length) items" else empty end),
		(($s.required // [])[] | select(. as $k | $value | has($k) | not) |
			"\($at): no \(.)"),
		(if $s.type == "object" then
			($value | keys_unsorted[]) as $k |
			($s.properties[$k]? // $s.additionalProperties) as $sub |
			if $sub == false then "\($at): \($k) is not known"
			elif ($sub | type) == "object" then
				$value[$k] | faults($sub; $root; "\($at).\($k)")
			else empty end
		else empty end),
		(if $s.type == "array" and $s.items then
			range($value | length) as $i | $value[$i] |
			faults($s.items; $root; "\($at)[\($i)]")
		else empty end)
	end;

$api[0] as $root |
if $root.components.schemas[$name] == null then "no schema \($name)"
else faults($root.components.schemas[$name]; $root; "") end
