// What would break clients of the released schema, as JSON: node changes.mjs RELEASED.graphql CURRENT.graphql
import { readFileSync } from "node:fs";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [released, current] = process.argv.slice(2).map((path) => buildSchema(readFileSync(path, "utf8")));
const changes = await diff(released, current);
console.log(JSON.stringify(changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)));
