import type { IndicatorLeafFragment } from '../../graphql/generated/graphql';

/** How a target came out; a contradiction found in it outweighs what the sheet itself says. */
export type Outcome = 'contradictory' | 'met' | 'missed' | 'notNumeric';

export function outcomeOf(indicator: Pick<IndicatorLeafFragment, 'achieved'> & { findings: { nodes: readonly { severity: string }[] } }): Outcome {
  if (indicator.findings.nodes.some(({ severity }) => severity !== 'INFO')) return 'contradictory';
  if (indicator.achieved == null) return 'notNumeric';
  return indicator.achieved ? 'met' : 'missed';
}
