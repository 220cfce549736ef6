// Asks a live service three questions through the generated types and prints what it gave: node ask.js URL
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { DepartmentTotalsDocument, ProjectsUpToDocument, SharesDocument } from "./client.js";

async function ask<Result, Variables>(document: TypedDocumentNode<Result, Variables>, variables: Variables) {
  const reply = await fetch(process.argv[2]!, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: print(document), variables }),
  });
  return ((await reply.json()) as { data: Result }).data;
}

const totals = await ask(DepartmentTotalsDocument, { by: { code: { division: "370300", code: "102" } }, first: 3 });
const amount: string | undefined = totals.department?.rollup.derived.amount;
const names: string[] = totals.department?.units.nodes.map((unit) => unit.name) ?? [];
const page = await ask(ProjectsUpToDocument, { rate: "100", first: 2 });
const next = await ask(ProjectsUpToDocument, { rate: "100", first: 2, after: page.projects?.pageInfo.endCursor });
const rates = [...(page.projects?.nodes ?? []), ...(next.projects?.nodes ?? [])].map((project) => project.executionRate);
const shares = await ask(SharesDocument, { year: 2022 });
const first: (string | null | undefined)[] | undefined = shares.analyze?.rows.nodes[0]?.cells.map((cell) => cell.text);
console.log(JSON.stringify({ amount, units: names.length, rows: totals.rollup?.nodes.length, rates, first }));
