import { Link } from 'react-router';
import { useTranslation } from 'react-i18next';

import { nodeAddress } from '../../app/addresses';
import type { NodeNameFragment } from '../../graphql/generated/graphql';

/** What a node is called, whatever its kind. */
export function nameOf(node: NodeNameFragment): string {
  switch (node.__typename) {
    case 'FinalAccounts':
    case 'SourceDocument':
    case 'Statement':
      return node.title;
    case 'StatementLine':
      return `${node.statement.title} · ${node.name}`;
    case 'Term':
      return node.term;
    case 'Finding':
      return node.message;
    case 'Figure':
      return node.id;
    default:
      return node.name;
  }
}

export function codeOf(node: NodeNameFragment): string | null {
  return 'code' in node ? (node.code ?? null) : null;
}

export function NodeLink({ node, kind = false }: { node: NodeNameFragment; kind?: boolean }) {
  const { t } = useTranslation();
  const code = codeOf(node);
  return (
    <Link className="node-link" to={nodeAddress(node.id)}>
      {kind && <span className="kind">{t(`kind.${node.__typename}`)}</span>}
      {code !== null && <span className="code">{code}</span>}
      <span>{nameOf(node)}</span>
    </Link>
  );
}

/** A link to a node of which only id and name are known. */
export function NamedLink({ id, name, code }: { id: string; name: string; code?: string | null }) {
  return (
    <Link className="node-link" to={nodeAddress(id)}>
      {code != null && <span className="code">{code}</span>}
      <span>{name}</span>
    </Link>
  );
}
