// Reads a calendar with ical.js in its strict mode and prints how many events it holds.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire(`${process.env.INTEROP_TOOLS}/`);
const { default: ICAL } = await import(require.resolve("ical.js"));
ICAL.design.strict = true;
const parsed = ICAL.parse(readFileSync(process.argv[2], "utf8"));
const calendars = Array.isArray(parsed[0]) ? parsed : [parsed];
let events = 0;
for (const one of calendars) {
  for (const event of new ICAL.Component(one).getAllSubcomponents("vevent")) {
    const { startDate, endDate } = new ICAL.Event(event);
    // A day ends with the next one; a time may have no length.
    const [alike, least] = [startDate.isDate === endDate.isDate, startDate.isDate ? 1 : 0];
    if (!alike || endDate.compare(startDate) < least) throw new Error("dates");
    events += 1;
  }
}
console.log(events);
