import { readFileSync } from 'node:fs';

import { Kind, parse } from 'graphql';

/** The SDL as our client sees it: `ask` throws where anything is refused, so that a list it gives is never null. */
export default function answered(path) {
  const schema = parse(readFileSync(path, 'utf-8'));
  const query = schema.definitions.find((each) => each.name?.value === 'Query');
  const isList = ({ type }) => type.kind === Kind.NAMED_TYPE && type.name.value.endsWith('Connection');
  const fields = query.fields.map((field) =>
    isList(field) ? { ...field, type: { kind: Kind.NON_NULL_TYPE, type: field.type } } : field,
  );
  return { ...schema, definitions: schema.definitions.map((each) => (each === query ? { ...query, fields } : each)) };
}
