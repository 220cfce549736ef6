import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';

import { nodeAddress, readerAddress } from '../app/addresses';
import { isMarked, PagePicture, Quotation } from '../components/sources/Printed';
import { Answered, Nothing } from '../components/states/Answered';
import { ViewFrame } from '../components/ViewFrame';
import {
  ReaderHeadDocument,
  ReaderLinesDocument,
  ReaderSearchDocument,
  type LinePartsFragment,
  type ReaderHeadQuery,
} from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { NotFoundView } from './NotFoundView';

type Head = Extract<NonNullable<ReaderHeadQuery['node']>, { __typename: 'SourceDocument' }>;
type Gap = Head['finalAccounts']['reading']['gaps']['nodes'][number];
interface Spot {
  page: number | null;
  line: number | null;
  mark: string | null;
}

const number = (text: string | null): number | null => (text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null);

/** A kept document as it was published, open at the page and line that the address names. */
export function ReaderView() {
  const id = useParams()['*'] ?? '';
  const { i18n } = useTranslation();
  const language = i18n.language.startsWith('en') ? 'EN' : 'ZH';
  const question = { document: ReaderHeadDocument, variables: { id, language } } as const;
  const asked = useAnswer(question);
  const hash = new URLSearchParams(useLocation().hash.slice(1));
  const spot = { page: number(hash.get('page')), line: number(hash.get('line')), mark: hash.get('mark') };
  return (
    <Answered asked={asked}>
      {({ node }) => (node?.__typename === 'SourceDocument' ? <Reader head={node} spot={spot} question={question} /> : <NotFoundView id={id} />)}
    </Answered>
  );
}

function Reader({ head, spot, question }: { head: Head; spot: Spot; question: { document: typeof ReaderHeadDocument; variables: object } }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const page = head.pages === null ? null : (spot.page ?? 1);
  const gaps = head.finalAccounts.reading.gaps.nodes.filter((gap) => gap.source.document.id === head.id && (page === null || gap.source.page === page));
  const copy = () => {
    void navigator.clipboard.writeText(window.location.href).then(() => setCopied(true));
  };
  const tools = head.kept && (
    <>
      <button type="button" className="quiet" onClick={copy} aria-live="polite">
        {copied ? t('question.copied') : t('reader.copy')}
      </button>
      <a className="quiet" href={`/documents/${head.sha256}`} download>
        {t('reader.save')}
      </a>
    </>
  );
  return (
    <ViewFrame
      title={head.title}
      eyebrow={
        <>
          {t('kind.SourceDocument')} · {head.fileName} · <Link to={nodeAddress(head.finalAccounts.id)}>{head.finalAccounts.title}</Link>
        </>
      }
      tools={tools}
      question={question}
    >
      {head.kept ? (
        <>
          <Bar head={head} page={page} />
          <div className={page === null ? 'reader' : 'reader paged'}>
            <Lines key={page ?? 0} head={head} spot={{ ...spot, page }} gaps={gaps} />
          </div>
        </>
      ) : (
        <Nothing>{t('reader.notKept')}</Nothing>
      )}
    </ViewFrame>
  );
}

/** The way through the pages, and the words of the document searched. */
function Bar({ head, page }: { head: Head; page: number | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const go = (to: number) => void navigate(readerAddress(head.id, { page: to }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setText(typed.trim());
  };
  return (
    <>
      <div className="filters reader-bar">
        {page !== null && head.pages != null && (
          <nav aria-label={t('reader.pages')}>
            <button type="button" disabled={page <= 1} onClick={() => go(page - 1)}>
              {t('reader.before')}
            </button>
            <select aria-label={t('source.page')} value={page} onChange={(event) => go(Number(event.target.value))}>
              {Array.from({ length: head.pages }, (_, place) => (
                <option key={place} value={place + 1}>
                  {t('reader.pageOf', { page: place + 1, pages: head.pages })}
                </option>
              ))}
            </select>
            <button type="button" disabled={page >= head.pages} onClick={() => go(page + 1)}>
              {t('reader.next')}
            </button>
          </nav>
        )}
        <form onSubmit={submit}>
          <input type="search" aria-label={t('reader.find')} placeholder={t('reader.find')} value={typed} onChange={(event) => setTyped(event.target.value)} />
          <button type="submit">{t('search.go')}</button>
        </form>
      </div>
      {text !== '' && <Found id={head.id} text={text} />}
    </>
  );
}

function Found({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation();
  const asked = useAnswer({ document: ReaderSearchDocument, variables: { id, containing: text } });
  return (
    <Answered asked={asked}>
      {({ node }) =>
        node?.__typename === 'SourceDocument' && (
          <section className="block" aria-label={t('reader.found')}>
            <p role="status">{t('reader.count', { count: node.lines.totalCount })}</p>
            <ul className="plain found-lines">
              {node.lines.nodes.map((line) => (
                <li key={`${line.page} ${line.line}`}>
                  <Link to={readerAddress(id, { page: line.page, line: line.line, mark: text })}>{line.cells.join(' ')}</Link>
                  <span className="aside">
                    {line.page != null && t('source.pageNumber', { page: line.page })} {line.line != null && t('source.lineNumber', { line: line.line })}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Answered>
  );
}

/** The lines of a page, or of a document without pages, the picture of the page before them. */
function Lines({ head, spot, gaps }: { head: Head; spot: Spot; gaps: readonly Gap[] }) {
  const { t } = useTranslation();
  const [after, setAfter] = useState<string | null>(null);
  const [before, setBefore] = useState<readonly LinePartsFragment[]>([]);
  const asked = useAnswer({ document: ReaderLinesDocument, variables: { id: head.id, page: spot.page, after } });
  const page = asked.state === 'answered' && asked.data.node?.__typename === 'SourceDocument' ? asked.data.node.lines : null;
  const lines = [...before, ...(page?.nodes ?? [])];
  const isMissing = spot.line !== null && page !== null && page.pageInfo.hasNextPage && !lines.some((line) => line.line === spot.line);
  const more = () => {
    if (page === null) return;
    setBefore(lines);
    setAfter(page.pageInfo.endCursor ?? null);
  };
  useEffect(() => {
    if (isMissing) more();
  });
  return (
    <>
      {spot.page !== null && head.mediaType === 'application/pdf' && (
        <PagePicture sha256={head.sha256} page={spot.page} line={lines.find((line) => line.line === spot.line)} mark={spot.mark} />
      )}
      <section className="reader-lines" aria-label={t('reader.lines')}>
        <Gaps gaps={gaps} lines={lines} />
        {asked.state !== 'answered' && lines.length === 0 ? (
          <Answered asked={asked}>{() => null}</Answered>
        ) : (
          <ol className="plain">
            {lines.map((line) => (
              <Line key={`${line.page} ${line.line}`} id={head.id} line={line} isShown={line.line === spot.line && spot.line !== null} mark={spot.mark} gaps={gaps} />
            ))}
          </ol>
        )}
        {page?.pageInfo.hasNextPage && (
          <button type="button" onClick={more}>
            {t('choice.next')}
          </button>
        )}
      </section>
    </>
  );
}

/** The gaps that name no line of their own: a page without words, or the whole of what stands there. */
function Gaps({ gaps, lines }: { gaps: readonly Gap[]; lines: readonly LinePartsFragment[] }) {
  const { t } = useTranslation();
  const without = gaps.filter((gap) => !lines.some((line) => line.line !== null && line.line === gap.source.line));
  return without.map((gap, place) => (
    <p key={place} className="gap-note">
      <span className="mark bad">{t('readingStatus.NOT_READ')}</span> {gap.reason} <q>{gap.text}</q>
    </p>
  ));
}

function Line({ id, line, isShown, mark, gaps }: { id: string; line: LinePartsFragment; isShown: boolean; mark: string | null; gaps: readonly Gap[] }) {
  const { t } = useTranslation();
  const item = useRef<HTMLLIElement>(null);
  const own = gaps.filter((gap) => gap.source.line !== null && gap.source.line === line.line);
  useEffect(() => {
    if (isShown) item.current?.scrollIntoView({ block: 'center' });
  }, [isShown]);
  if (line.line === null) return null;
  const chosen = isShown ? line.cells.find((cell) => isMarked(cell, mark)) : undefined;
  return (
    <li ref={item} className={[isShown ? 'shown' : '', own.length > 0 ? 'gap' : ''].join(' ').trim() || undefined} aria-current={isShown ? 'location' : undefined}>
      <Link className="number-of-line" to={readerAddress(id, { page: line.page, line: line.line })} aria-label={t('source.lineNumber', { line: line.line })}>
        {line.line}
      </Link>
      <span className={line.cells.length > 1 ? 'cells' : undefined}>
        {line.cells.length > 1 ? (
          line.cells.map((cell, place) => (
            <span key={place} className="cell">
              {isShown && isMarked(cell, mark) ? <mark>{cell}</mark> : cell}
            </span>
          ))
        ) : (
          <Quotation cells={line.cells} mark={chosen} />
        )}
      </span>
      {own.map((gap, place) => (
        <span key={place} className="gap-note">
          <span className="mark bad">{t('readingStatus.NOT_READ')}</span> {gap.reason}
        </span>
      ))}
    </li>
  );
}
