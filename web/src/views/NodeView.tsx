import { useParams } from 'react-router';

import { Answered } from '../components/states/Answered';
import { NodeHeadDocument } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { DocumentBody, FindingBody, TermBody, ThreePublicBody } from './nodes/DocumentBodies';
import { FinalAccountsBody } from './nodes/FinalAccountsBody';
import { IndicatorBody } from './nodes/IndicatorBody';
import type { Head } from './nodes/NodeFrame';
import { DepartmentBody, DivisionBody, UnitBody } from './nodes/OrganisationBodies';
import { ProjectBody } from './nodes/ProjectBody';
import { LineBody, StatementBody } from './nodes/StatementBodies';
import { SubjectBody } from './nodes/SubjectBody';
import { NotFoundView } from './NotFoundView';

/** The page of any node: its head is the same for all, its body follows from its kind. */
export function NodeView() {
  const id = useParams()['*'] ?? '';
  const asked = useAnswer({ document: NodeHeadDocument, variables: { id } });
  return <Answered asked={asked}>{({ node }) => (node == null ? <NotFoundView id={id} /> : <Body key={id} head={node} />)}</Answered>;
}

function Body({ head }: { head: Head }) {
  switch (head.__typename) {
    case 'Division':
      return <DivisionBody head={head} />;
    case 'Department':
      return <DepartmentBody head={head} />;
    case 'Unit':
      return <UnitBody head={head} />;
    case 'Project':
      return <ProjectBody head={head} />;
    case 'Indicator':
      return <IndicatorBody head={head} />;
    case 'Subject':
      return <SubjectBody head={head} />;
    case 'FinalAccounts':
      return <FinalAccountsBody head={head} />;
    case 'Statement':
      return <StatementBody head={head} />;
    case 'StatementLine':
      return <LineBody head={head} />;
    case 'SourceDocument':
      return <DocumentBody head={head} />;
    case 'Term':
      return <TermBody head={head} />;
    case 'ThreePublicItem':
      return <ThreePublicBody head={head} />;
    case 'Finding':
      return <FindingBody head={head} />;
    case 'Figure':
      return <NotFoundView id={head.id} />;
  }
}
