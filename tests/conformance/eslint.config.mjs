// The rules of @graphql-eslint for schemas and for Relay. What is switched off, is so for the reason beside it.
import graphql from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: process.env.SCHEMA } },
    },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // Lists go forward only: a cursor has no page before it that a client has not already seen.
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
      // Rows of a rollup and hits of a search are answers, not nodes; short lists, and `nodes`, are plain lists.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // An amount, a rollup or a source is a value: it has no identity.
      "@graphql-eslint/strict-id-in-types": "off",
      // Names that the published contract fixes: subjectLevel is not the level that every member of a tree has.
      "@graphql-eslint/no-typename-prefix": "off",
      // @oneOf is the specification's own; it cannot be described here.
      "@graphql-eslint/require-description": [
        "error",
        { types: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true, rootField: true },
      ],
    },
  },
];
