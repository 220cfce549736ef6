// Asks a live service through the generated types and prints what it gave: node ask.js URL
import { print } from "graphql";
import { DepartmentTotalsDocument } from "./client.js";
import type { DepartmentTotalsQuery, DepartmentTotalsQueryVariables } from "./client.js";

const variables: DepartmentTotalsQueryVariables = { by: { code: { division: "370300", code: "102" } }, first: 3 };
const reply = await fetch(process.argv[2]!, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ query: print(DepartmentTotalsDocument), variables }),
});
const { data } = (await reply.json()) as { data: DepartmentTotalsQuery };
const amount: string | undefined = data.department?.rollup.derived.amount;
const names: string[] = data.department?.units.nodes.map((unit) => unit.name) ?? [];
console.log(JSON.stringify({ amount, units: names.length, rows: data.rollup.nodes.length }));
