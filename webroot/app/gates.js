// Which gate is a reason to act? Rules for several panels; no document, no service.

const OVER = 0.4;

/** A large share of such a gate is a reason to act; of a benign one it is not. */
export const isAlarming = ({ kind }) => kind === 'blocking' || kind === 'error' || kind === 'quality';

export const isOver = row => isAlarming(row) && row.share >= OVER;
