import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import type { FigurePartsFragment, SourcePartsFragment } from '../../graphql/generated/graphql';
import { traced, type Lineage } from '../sources/lineage';
import { useSources } from '../sources/SourceDrawer';
import { decimals, grouped, inUnit } from './money';

interface Props {
  fen: string | null | undefined;
  /** Decimals of the widest figure in the column: shorter ones are padded unseen, so that points align. */
  align?: number;
  /** What the figure is, as the drawer of sources is headed. */
  title?: string;
  figures?: readonly FigurePartsFragment[];
  sources?: readonly SourcePartsFragment[];
  /** Where the figures are not at hand: how to ask for them. */
  lineage?: Lineage;
}

/** A figure in the chosen unit; one click from where it stands in the document. */
export function Amount({ fen, align = 0, title = '', figures = [], sources = [], lineage }: Props) {
  const { unit } = useSettings();
  const { t } = useTranslation();
  const { show } = useSources();
  if (fen == null) return <span className="none">—</span>;
  const text = inUnit(fen, unit);
  const missing = align - decimals(text);
  const shown = (
    <>
      {grouped(text)}
      {missing > 0 && (
        <span className="pad" aria-hidden="true">
          {'0'.repeat(missing)}
        </span>
      )}
    </>
  );
  const open = () => {
    if (lineage === undefined) show({ title, figures, sources });
    else
      traced(lineage).then(
        (found) => show({ title, figures: found, sources: [] }),
        (error: Error) => show({ title, figures: [], sources: [], failure: error.message }),
      );
  };
  if (lineage === undefined && figures.length + sources.length === 0) return <span className="number">{shown}</span>;
  return (
    <button
      type="button"
      className="number sourced"
      title={t('source.open')}
      onClick={open}
    >
      {shown}
    </button>
  );
}

/** The unit that amounts are shown in, for headings. */
export function UnitNote() {
  const { t } = useTranslation();
  const { unit } = useSettings();
  return <span className="unit-note">{t('unit.note', { unit: t(`unit.${unit}`) })}</span>;
}

/** The year that every amount of a table is of, where it is one, and their unit. */
export function YearAndUnit({ year }: { year: number | null | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {year != null && (
        <span className="unit-note">
          {t('choice.year')} {year}
        </span>
      )}
      <UnitNote />
    </>
  );
}
