// The five outcomes, and what the operators call healthy.
export const OUTCOMES = ['EXECUTE', 'SKIP', 'BLOCKED', 'ERROR', 'UNKNOWN'];

const HEALTHY = {
  EXECUTE: [0.3, 0.5], SKIP: [0.3, 0.5], BLOCKED: [0.1, 0.2], ERROR: [0, 0.05], UNKNOWN: [0, 0.05],
};
/** With fewer decisions a share says nothing. */
const ENOUGH = 20;

export function healthy(outcome) {
  const [low, high] = HEALTHY[outcome].map(share => Math.round(100 * share));
  return low ? `${low}–${high}\u202f%` : `under ${high}\u202f%`;
}

/** −1 too little, 1 too much, 0 as it should be. Little of what is bad is never wrong. */
export function offRange(outcome, share, total) {
  if (total < ENOUGH) return 0;
  const [low, high] = HEALTHY[outcome];
  if (share > high) return 1;
  return share < low && outcome === 'EXECUTE' ? -1 : 0;
}

export const isWrong = (outcome, off) => off !== 0 && !(outcome === 'EXECUTE' && off > 0);

export const total = decisions => OUTCOMES.reduce((sum, outcome) => sum + (decisions[outcome] ?? 0), 0);
