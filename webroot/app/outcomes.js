// The five outcomes, what the operators call healthy, and from where on they want to be called.
export const OUTCOMES = ['EXECUTE', 'SKIP', 'BLOCKED', 'ERROR', 'UNKNOWN'];

const HEALTHY = {
  EXECUTE: [0.3, 0.5], SKIP: [0.3, 0.5], BLOCKED: [0.1, 0.2], ERROR: [0, 0.05], UNKNOWN: [0, 0.05],
};
/** The shares of the alert rules: under the first or over the second is wrong, not just unusual. */
const CALL = {
  EXECUTE: [0.2, 1], SKIP: [0, 0.7], BLOCKED: [0, 0.4], ERROR: [0, 0.1], UNKNOWN: [0, 0.05],
};
/** With fewer decisions a share says nothing. */
const ENOUGH = 20;

export function healthy(outcome) {
  const [low, high] = HEALTHY[outcome].map(share => Math.round(100 * share));
  return low ? `${low}–${high}\u202f%` : `under ${high}\u202f%`;
}

/** −1 too little, 1 too much, 0 as it should be. Little of what is bad is never unusual. */
export function offRange(outcome, share, total) {
  if (total < ENOUGH) return 0;
  const [low, high] = HEALTHY[outcome];
  if (share > high) return 1;
  return share < low && outcome === 'EXECUTE' ? -1 : 0;
}

export const isWrong = (outcome, share, total) =>
  total >= ENOUGH && (share < CALL[outcome][0] || share > CALL[outcome][1]);

export const total = decisions => OUTCOMES.reduce((sum, outcome) => sum + (decisions[outcome] ?? 0), 0);
