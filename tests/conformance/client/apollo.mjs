// Three questions through Apollo Client's cache: fragments on interfaces match, pages are merged: node apollo.mjs URL
import { readFileSync } from "node:fs";

import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { buildSchema, isAbstractType } from "graphql";

const schema = buildSchema(readFileSync("schema.graphql", "utf-8"));
const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map((each) => each.name)]),
);
const typePolicies = { Query: { fields: { projects: relayStylePagination(["where", "orderBy"]) } } };
const client = new ApolloClient({
  link: new HttpLink({ uri: process.argv[2] }),
  cache: new InMemoryCache({ possibleTypes, typePolicies }),
});

const PLACE = "fragment Place on TreeNode { id name }";
const UNITS = gql(`query { department(by: {id: "department:370300/102"}) { ...Place units(first: 3) { nodes { ...Place } } } } ${PLACE}`);
const PAGE = gql(`query Page($after: Cursor) {
  projects(where: {executionRate: {lte: "100"}}, orderBy: [{field: NAME}], first: 2, after: $after) {
    edges { cursor node { ...Place executionRate } } pageInfo { hasNextPage endCursor }
  }
} ${PLACE}`);
const SHARES = gql(`query { analyze(measures: [{name: "spent", measure: EXPENDITURE}], by: [], where: {fiscalYear: {eq: 2022}}) {
  total { cells { text } }
} }`);

const units = (await client.query({ query: UNITS })).data.department.units.nodes;
const first = (await client.query({ query: PAGE })).data.projects;
await client.query({ query: PAGE, variables: { after: first.pageInfo.endCursor }, fetchPolicy: "network-only" });
const merged = client.readQuery({ query: PAGE }).projects.edges.map((edge) => edge.node.executionRate);
const total = (await client.query({ query: SHARES })).data.analyze.total.cells[0].text;
console.log(JSON.stringify({ named: units.filter((unit) => unit.name).length, merged, total }));
