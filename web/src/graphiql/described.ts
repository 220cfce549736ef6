import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';

/** A type, field, argument or value: the way to it, its own type, and what the schema says of it. */
export interface Described {
  path: string;
  type: string;
  text: string;
}

interface Member {
  name: string;
  description?: string | null | undefined;
  type?: unknown;
  args?: readonly Member[];
}

export function described(schema: GraphQLSchema): Described[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => [{ path: type.name, type: '', text: type.description ?? '' }, ...membersOf(type).flatMap((member) => told(member, type.name))]);
}

function membersOf(type: GraphQLNamedType): readonly Member[] {
  if (isEnumType(type)) return type.getValues().map(({ name, description }) => ({ name, description }));
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.values(type.getFields()) as Member[];
  return [];
}

function told({ name, description, type, args = [] }: Member, above: string): Described[] {
  const path = `${above}.${name}`;
  return [{ path, type: type === undefined ? '' : String(type), text: description ?? '' }, ...args.flatMap((argument) => told(argument, path))];
}
