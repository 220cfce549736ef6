import { ask } from '../../graphql/client';
import { LineageDocument, type Dimension, type FigureWhere, type LineageQuery, type Measure } from '../../graphql/generated/graphql';

export type LineageFigure = LineageQuery['figures']['nodes'][number];

/** Which published figures a sum was made of: asked for when somebody wants to see them. */
export interface Lineage {
  measure: Measure;
  where: FigureWhere;
}

/** What money can be grouped by: only things are counted by check. */
export type MoneyDimension = Exclude<Dimension, 'CHECK'>;

export interface Member {
  code?: string | null;
  node?: { id: string } | null;
}

/** The lineage narrowed to one member of a dimension: a cell of a table is narrowed twice. */
export function narrowed(lineage: Lineage, dimension: MoneyDimension, member: Member): Lineage {
  const code = member.code ?? '';
  return { ...lineage, where: { and: [lineage.where, filter(dimension, code, member.node?.id ?? code)] } };
}

function filter(dimension: MoneyDimension, code: string, id: string): FigureWhere {
  switch (dimension) {
    case 'FISCAL_YEAR':
      return { fiscalYear: { eq: Number(code) } };
    case 'DIVISION':
      return { division: { eq: id } };
    case 'DEPARTMENT':
      return { department: { eq: id } };
    case 'UNIT':
      return { unit: { eq: id } };
    case 'PROJECT':
      return { project: { eq: id } };
    case 'FUNCTIONAL_SUBJECT':
      return { functionalSubject: { under: code } };
    case 'ECONOMIC_SUBJECT':
      return { economicSubject: { under: code } };
    case 'EXPENDITURE_NATURE':
      return { nature: code as NonNullable<FigureWhere['nature']> };
    case 'FUND':
      return { fund: code as NonNullable<FigureWhere['fund']> };
    case 'FUND_SOURCE':
      return { fundSource: code as NonNullable<FigureWhere['fundSource']> };
    case 'REVENUE_SOURCE':
      return { revenueSource: code as NonNullable<FigureWhere['revenueSource']> };
    case 'THREE_PUBLIC_ITEM':
      return { threePublicItem: code as NonNullable<FigureWhere['threePublicItem']> };
  }
}

export async function traced({ measure, where }: Lineage): Promise<LineageFigure[]> {
  const { figures } = await ask({ document: LineageDocument, variables: { measure, where } });
  return figures.nodes;
}
