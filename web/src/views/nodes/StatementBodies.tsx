import { useTranslation } from 'react-i18next';

import { Amount } from '../../components/figures/Amount';
import { RollupTable } from '../../components/figures/RollupTable';
import { NamedLink } from '../../components/nodes/NodeLink';
import { SourceButton, useSources } from '../../components/sources/SourceDrawer';
import { Answered } from '../../components/states/Answered';
import { DataTable, type Column } from '../../components/tables/DataTable';
import { LinePageDocument, StatementPageDocument, type StatementPageQuery } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { NodeFrame, type Head } from './NodeFrame';

type Statement = Extract<NonNullable<StatementPageQuery['node']>, { __typename: 'Statement' }>;
type Line = Statement['lines']['nodes'][number] & { key: string };

/** A published table as it is printed, each cell one click from its place; a sum that fails is marked. */
export function StatementBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const question = { document: StatementPageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question} wide>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'Statement' && (
            <>
              <p className="jumps">
                <NamedLink id={node.finalAccounts.id} name={node.finalAccounts.title} />
                <span>{node.printedNumber}</span>
                <SourceButton title={node.title} sources={[node.source]} />
              </p>
              {node.isEmpty ? (
                <p className="empty">
                  {t('accounts.emptyTable')} {node.note}
                </p>
              ) : (
                <Lines statement={node} />
              )}
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

function Lines({ statement }: { statement: Statement }) {
  const { t } = useTranslation();
  const columns: Column<Line>[] = statement.statementColumns.map((column) => ({
    key: String(column.position),
    heading: column.heading,
    numeric: true,
    text: (line) => cellAt(line, column.position)?.text ?? '',
    show: (line) => <Cell line={line} position={column.position} heading={column.heading} />,
  }));
  return (
    <DataTable<Line>
      name={t('accounts.printed')}
      note={<span className="unit-note">{t('unit.note', { unit: statement.amountUnit })}</span>}
      rows={statement.lines.nodes.map((line) => ({ ...line, key: line.id }))}
      rowClass={(line) => `depth-${line.level}`}
      columns={[
        { key: 'number', heading: t('accounts.lineNumber'), text: (line) => String(line.lineNumber ?? '') },
        { key: 'name', heading: t('accounts.item'), text: (line) => `${line.code ?? ''} ${line.name}`.trim(), show: (line) => <NamedLink id={line.id} name={line.name} code={line.code ?? null} /> },
        ...columns,
      ]}
    />
  );
}

function cellAt(line: Line, position: number) {
  return line.cells.find((cell) => cell.statementColumn.position === position);
}

function Cell({ line, position, heading }: { line: Line; position: number; heading: string }) {
  const { t } = useTranslation();
  const { show } = useSources();
  const cell = cellAt(line, position);
  if (cell === undefined || cell.text === '') return null;
  const source = { ...cell.source, document: line.source.document };
  return (
    <button
      type="button"
      className={cell.rollup?.consistent === false ? 'number sourced bad' : 'number sourced'}
      title={t('source.open')}
      onClick={() => show({ title: `${line.name} · ${heading}`, figures: [], sources: [source], mark: cell.text })}
    >
      {cell.text}
    </button>
  );
}

export function LineBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const question = { document: LinePageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'StatementLine' && (
            <>
              <p className="jumps">
                <NamedLink id={node.statement.id} name={node.statement.title} />
                {node.subject && <NamedLink id={node.subject.id} name={node.subject.name} code={node.subject.code} />}
              </p>
              <RollupTable name={t('node.totals')} rows={node.cells.flatMap((cell) => (cell.rollup == null ? [] : [{ key: cell.column, label: cell.column, rollup: cell.rollup }]))} />
              <DataTable
                name={t('accounts.cells')}
                rows={node.cells.map((cell, place) => ({ ...cell, key: String(place) }))}
                columns={[
                  { key: 'column', heading: t('source.column'), text: (cell) => cell.column },
                  { key: 'text', heading: t('accounts.text'), numeric: true, text: (cell) => cell.text || '—' },
                  { key: 'amount', heading: t('accounts.amount'), numeric: true, text: (cell) => cell.money?.fen ?? '', show: (cell) => <Amount fen={cell.money?.fen} align={2} title={cell.column} sources={[cell.source]} /> },
                ]}
              />
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}
