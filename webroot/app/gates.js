// Which gate is a reason to act, and can it be told? Rules for several panels; no document, no service.

const OVER = 0.4;

/** A large share of such a gate is a reason to act; of a benign one it is not. */
export const isAlarming = ({ kind }) => kind === 'blocking' || kind === 'error' || kind === 'quality';

/** The figures of these states are not about now, so that no check may be decided by them. */
const PAST = ['REDIS_DOWN', 'BEHIND', 'NO_DATA', 'SILENT'];
export const isCurrent = ({ state }) => !PAST.includes(state);

export const isOver = row => isAlarming(row) && row.share >= OVER;
