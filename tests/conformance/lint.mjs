// What @graphql-eslint says of a schema, as JSON: SCHEMA=PATH node lint.mjs
import { readFileSync } from "node:fs";
import { ESLint } from "eslint";

const eslint = new ESLint({ cwd: import.meta.dirname });
const [result] = await eslint.lintText(readFileSync(process.env.SCHEMA, "utf8"), { filePath: "schema.graphql" });
console.log(JSON.stringify(result.messages.map(({ ruleId, line, message }) => ({ ruleId, line, message }))));
