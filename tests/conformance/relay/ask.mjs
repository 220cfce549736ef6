// Runs what relay-compiler wrote with relay-runtime over a live service: node src/ask.mjs URL
import relay from "relay-runtime";

import departments from "../generated/DepartmentsQuery.graphql.js";
import pagination from "../generated/DepartmentsPaginationQuery.graphql.js";
import refetch from "../generated/DepartmentsRefetchQuery.graphql.js";

const { Environment, Network, RecordSource, Store, fetchQuery } = relay;
const environment = new Environment({
  network: Network.create(async ({ text }, variables) => {
    const body = JSON.stringify({ query: text, variables });
    const reply = await fetch(process.argv[2], { method: "POST", headers: { "content-type": "application/json" }, body });
    return reply.json();
  }),
  store: new Store(new RecordSource()),
});
const ask = (query, variables) => fetchQuery(environment, query, variables).toPromise();

const by = { id: "department:370300/102" };
const found = await ask(departments, { id: "division:370300", by });
await ask(pagination, { id: "division:370300", count: 1 });
await ask(refetch, { id: "department:370300/102", year: 2022 });
const records = environment.getStore().getSource();
const record = records.get("department:370300/102");
console.log(JSON.stringify({ children: found.node.childNodes.totalCount, subjects: found.subjects.edges.length, name: record.name }));
