import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { keep, recall } from '../../app/settings';
import type { ConclusionKind, FindingPartsFragment } from '../../graphql/generated/graphql';
import { downloadCsv } from '../tables/csv';
import { Block } from '../tables/DataTable';

const KINDS: ConclusionKind[] = ['CONFIRMED', 'DISMISSED', 'PENDING'];
const KEPT = 'conclusions';

/** What an auditor concluded here, by the ids of findings: kept on this device until it is handed to the operator. */
interface Entered {
  conclusion: ConclusionKind;
  note: string;
  name: string;
  date: string;
  /** What the finding said then. */
  fact: string;
}

function entered(): Record<string, Entered> {
  try {
    return JSON.parse(recall(KEPT) ?? '{}') as Record<string, Entered>;
  } catch {
    return {};
  }
}

/** conclusions.csv with all that was entered here, as `docs/papers.md` describes it: beside a package the service reads it. */
export function SaveConclusions() {
  const { t } = useTranslation();
  const rows = Object.entries(entered());
  if (rows.length === 0) return null;
  const columns = ['conclusion', 'note', 'name', 'date', 'fact'] as const;
  return (
    <button type="button" className="quiet" onClick={() => downloadCsv('conclusions', [['finding', ...columns], ...rows.map(([id, row]) => [id, ...columns.map((column) => row[column])])])}>
      {t('conclusion.save', { count: rows.length })}
    </button>
  );
}

/** Confirmed, dismissed or to be checked: by whom, on which day, and why. */
export function ConclusionForm({ finding }: { finding: FindingPartsFragment }) {
  const { t } = useTranslation();
  const [told, setTold] = useState<Entered | undefined>(() => entered()[finding.id]);
  const write = (next: Entered | undefined) => {
    const { [finding.id]: _, ...others } = entered();
    keep(KEPT, JSON.stringify(next === undefined ? others : { ...others, [finding.id]: next }));
    setTold(next);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    keep('name', text('name'));
    write({ conclusion: KINDS.find((kind) => kind === text('conclusion')) ?? 'PENDING', note: text('note'), name: text('name'), date: text('date'), fact: finding.message });
  };
  return (
    <Block name={t('conclusion.title')} tools={<SaveConclusions key={JSON.stringify(told)} />}>
      <form className="conclusion" onSubmit={submit}>
        <label>
          {t('conclusion.title')}
          <select name="conclusion" defaultValue={told?.conclusion ?? finding.conclusion?.kind ?? 'PENDING'}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`conclusion.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('conclusion.name')}
          <input name="name" required maxLength={100} pattern=".*\S.*" defaultValue={told?.name ?? recall('name') ?? ''} />
        </label>
        <label>
          {t('conclusion.date')}
          <input name="date" type="date" required defaultValue={told?.date ?? today()} />
        </label>
        <label className="wide">
          {t('conclusion.note')}
          <textarea name="note" rows={2} maxLength={2000} defaultValue={told?.note ?? finding.conclusion?.note ?? ''} />
        </label>
        <button type="submit">{t('conclusion.enter')}</button>
        {told !== undefined && (
          <button type="button" className="quiet" onClick={() => write(undefined)}>
            {t('conclusion.withdraw')}
          </button>
        )}
        {told !== undefined && <span role="status">{t('conclusion.entered', { kind: t(`conclusion.${told.conclusion}`), name: told.name, date: told.date })}</span>}
      </form>
      <p className="aside">{t('conclusion.where')}</p>
    </Block>
  );
}

/** The day as the calendar on the wall has it. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
