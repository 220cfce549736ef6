import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { readerAddress } from '../../app/addresses';

import { Amount } from '../../components/figures/Amount';
import { ConclusionForm } from '../../components/findings/Conclusions';
import { FindingCard } from '../../components/findings/FindingCard';
import { NamedLink } from '../../components/nodes/NodeLink';
import { Place } from '../../components/sources/Place';
import { isMarked } from '../../components/sources/Printed';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { Answered } from '../../components/states/Answered';
import { Block } from '../../components/tables/DataTable';
import { type SourcePartsFragment, DocumentPageDocument, FindingPageDocument, TermPageDocument, ThreePublicPageDocument } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { NodeFrame, type Head } from './NodeFrame';

export function DocumentBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const question = { document: DocumentPageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'SourceDocument' && (
            <dl className="facts">
              <Fact label={t('kind.FinalAccounts')}>
                <NamedLink id={node.finalAccounts.id} name={node.finalAccounts.title} />
              </Fact>
              <Fact label={t('kind.Department')}>
                <NamedLink id={node.department.id} name={node.department.name} />
              </Fact>
              <Fact label={t('document.file')}>
                {node.kept ? <Link to={readerAddress(head.id)}>{node.fileName}</Link> : node.fileName}
                {!node.kept && <span className="aside"> {t('reader.notKept')}</span>}
              </Fact>
              <Fact label={t('document.type')}>{node.mediaType}</Fact>
              <Fact label={t('document.figures')}>{node.figures}</Fact>
              <Fact label={t('document.numbers')}>{node.numbers}</Fact>
              <Fact label="SHA-256">
                <code className="hash">{node.sha256}</code>
              </Fact>
            </dl>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

export function TermBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const question = { document: TermPageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'Term' && (
            <>
              <p className="definition">{node.definition ?? t('term.withoutDefinition')}</p>
              <dl className="facts">
                {node.subject && (
                  <Fact label={t('kind.Subject')}>
                    <NamedLink id={node.subject.id} name={node.subject.name} code={node.subject.code} />
                  </Fact>
                )}
                <Fact label={t('source.short')}>
                  <SourceButton title={node.term} sources={[node.source]} />
                </Fact>
              </dl>
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

export function ThreePublicBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const question = { document: ThreePublicPageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'ThreePublicItem' && (
            <dl className="facts">
              <Fact label={t('measure.THREE_PUBLIC_BUDGET')}>
                <Amount fen={node.budget?.fen} />
              </Fact>
              <Fact label={t('measure.THREE_PUBLIC_FINAL')}>
                <Amount fen={node.final?.fen} />
              </Fact>
            </dl>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

/** A finding on its own: the rule, and each place that it names in full. */
export function FindingBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const question = { document: FindingPageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'Finding' && (
            <>
              <FindingCard finding={node} />
              <Block name={t('finding.rule')}>
                <p className="definition">{node.check.rule}</p>
              </Block>
              <Block name={t('source.title')}>
                <ol className="side-by-side">
                  {node.sources.map((source, place) => (
                    <li key={place}>
                      <Place source={source} mark={marked(source, [node.reported, node.derived, ...(node.message.match(/\d[\d,]*(?:\.\d+)?/g) ?? [])])} />
                    </li>
                  ))}
                </ol>
              </Block>
              <ConclusionForm finding={node} />
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

/** Which of a finding's numbers the line of a source prints. */
function marked(source: SourcePartsFragment, numbers: readonly (string | null | undefined)[]): string | null {
  const cells = source.quotation?.split(' ') ?? [];
  return numbers.find((number) => number != null && cells.some((cell) => isMarked(cell, number))) ?? null;
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
