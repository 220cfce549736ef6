// A typed client of the schema: codegen writes client.ts, which ask.ts is compiled against.
export default {
  schema: process.env.SCHEMA,
  documents: "queries/*.graphql",
  silent: true,
  generates: {
    "client.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        strictScalars: true,
        useTypeImports: true,
        enumType: "string-literal",
        scalars: { Decimal: "string", Cursor: "string", ID: "string" },
      },
    },
  },
};
