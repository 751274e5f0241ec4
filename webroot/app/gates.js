// Which gate is a reason to act, and can it be told? Rules for several panels; no document, no service.

const OVER = 0.4;

/** A large share of such a gate is a reason to act; of a benign one it is not. */
export const isAlarming = ({ kind }) => kind === 'blocking' || kind === 'error' || kind === 'quality';

/**
 * The row of a gate that is not among these: none of it; of a family (p33_permit_denied:*) what its gates have together. A
 * plan that two of them stopped would count twice: how many plans is not known.
 */
export function rowOf(code, gates) {
  if (!code.endsWith(':*')) return { gate: code, family: code, kind: '', count: 0, share: 0, plans: 0 };
  const family = code.slice(0, -2);
  const members = gates.filter(row => row.family === family);
  const sum = name => members.reduce((all, row) => all + (row[name] ?? 0), 0);
  return {
    gate: code,
    family,
    kind: members[0]?.kind ?? '',
    count: sum('count'),
    share: sum('share'),
    plans: null,
    before: members.some(row => Number.isFinite(row.before)) ? sum('before') : null,
  };
}

/** The figures of these states are not about now, so that no check may be decided by them. */
const PAST = ['REDIS_DOWN', 'BEHIND', 'NO_DATA', 'SILENT'];
export const isCurrent = ({ state }) => !PAST.includes(state);

export const isOver = row => isAlarming(row) && row.share >= OVER;
