// Peer (d): Mercurius with its JIT on Node, everything in memory, made once, its money formatted, its totals added up.
//
//     node server.mjs data.json schema.graphql port
import { readFileSync } from "node:fs";

import Fastify from "fastify";
import mercurius from "mercurius";

const [file, schema, port] = process.argv.slice(2);
const data = JSON.parse(readFileSync(file, "utf8"));

/** 分 as 万元, exactly, with at least two decimals. */
function wanYuan(fen) {
  const rest = String(fen % 1_000_000).padStart(6, "0").replace(/0+$/, "").padEnd(2, "0");
  return `${Math.trunc(fen / 1_000_000)}.${rest}`;
}
const total = (fen) => ({ derived: { amount: wanYuan(fen) } });
const nothing = total(0);

function grouped(rows, key, made) {
  const groups = new Map();
  for (const row of rows) {
    const list = groups.get(row[key]);
    if (list) list.push(made(row));
    else groups.set(row[key], [made(row)]);
  }
  return groups;
}

const indicators = grouped(data.indicators, "project", (row) => ({
  name: row.name,
  maxScore: row.max_score,
  score: row.score,
  target: { text: row.target_text, comparator: row.target_comparator, value: row.target_value, unit: row.target_unit },
  actual: { text: row.actual_text, comparator: null, value: row.actual_value, unit: row.actual_unit },
}));
const projects = new Map(
  data.projects.map((row) => [
    row.id,
    { id: row.id, name: row.name, fiscalYear: row.fiscal_year, own: indicators.get(row.id) ?? [] },
  ]),
);
const executed = new Map();
for (const row of data.projects) executed.set(row.unit, (executed.get(row.unit) ?? 0) + row.executed);
const byUnit = grouped(data.projects, "unit", (row) => projects.get(row.id));
const units = new Map(
  data.units.map((row) => [
    row.id,
    {
      code: row.code,
      name: row.name,
      rollup: total(executed.get(row.id) ?? 0),
      byYear: grouped(byUnit.get(row.id) ?? [], "fiscalYear", (project) => project),
    },
  ]),
);
const byCode = new Map([...units.values()].map((unit) => [unit.code, unit]));
const unitsOf = grouped(data.units, "department", (row) => units.get(row.id));
const departments = new Map(
  data.departments.map((row) => [`${row.division}/${row.code}`, { name: row.name, own: unitsOf.get(row.id) ?? [] }]),
);
const subjects = new Map(data.subjects.map((row) => [row.code, { code: row.code, name: row.name, below: [] }]));
const levels = { 1: [], 2: [], 3: [] };
for (const row of data.subjects) {
  levels[row.level].push(subjects.get(row.code));
  if (row.parent) subjects.get(row.parent).below.push(subjects.get(row.code));
}
const sums = new Map();
const categories = new Map();
const add = (map, key, fen) => map.set(key, (map.get(key) ?? 0) + fen);
for (const row of data.spent) {
  for (const length of [3, 5, 7]) add(sums, `${row.department} ${row.fiscal_year} ${row.code.slice(0, length)}`, row.fen);
  add(categories, `${row.code.slice(0, 3)} ${row.fiscal_year}`, row.fen);
}
const spent = new Map([...sums].map(([key, fen]) => [key, total(fen)]));
const rows = [...categories.keys()].sort().map((key) => {
  const [code, year] = key.split(" ");
  return { keys: [{ code, name: subjects.get(code).name }, { code: year, name: year }], rollup: total(categories.get(key)) };
});
const grandTotal = total([...categories.values()].reduce((sum, fen) => sum + fen, 0));
const ranked = [...data.projects].sort((one, other) => one.rank - other.rank).map((row) => projects.get(row.id));
const level = { CATEGORY: 1, SECTION: 2, ITEM: 3 };

const resolvers = {
  Query: {
    unit: (_, { code }) => byCode.get(code) ?? null,
    department: (_, { by }) => departments.get(`${by.code.division}/${by.code.code}`) ?? null,
    subjects: (_, args) => ({ nodes: levels[level[args.level]].slice(0, args.first) }),
    rollup: (_, { first }) => ({ totalCount: rows.length, nodes: rows.slice(0, first), grandTotal }),
    search: (_, { text, first }) => {
      const found = ranked.filter((project) => project.name.includes(text));
      const nodes = found.slice(0, first).map((project) => ({ kind: "Project", name: project.name, node: project }));
      return { totalCount: found.length, nodes };
    },
  },
  Department: { units: (department, { first }) => ({ nodes: department.own.slice(0, first) }) },
  Unit: { projects: (unit, { fiscalYear, first }) => ({ nodes: (unit.byYear.get(fiscalYear) ?? []).slice(0, first) }) },
  Project: { indicators: (project, { first }) => ({ nodes: project.own.slice(0, first) }) },
  Subject: {
    rollup: (subject, { fiscalYear, department }) => spent.get(`${department} ${fiscalYear} ${subject.code}`) ?? nothing,
    children: (subject, { first }) => ({ nodes: subject.below.slice(0, first) }),
  },
};

const app = Fastify();
app.register(mercurius, { schema: readFileSync(schema, "utf8"), resolvers, jit: 1 });
await app.listen({ port: Number(port), host: "127.0.0.1" });
