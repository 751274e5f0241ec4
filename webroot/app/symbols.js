// Which symbol is worst? Rules for heat map and table; no document, no service.

/** With few decisions a share says little: so many imagined harmless ones are added to each. */
const CAUTION = 10;

export const executed = row => (row.total ? (row.decisions.EXECUTE ?? 0) / row.total : 0);

/** Stopped for a reason that matters; where the service does not tell it, BLOCKED and ERROR. */
export const stopped = row => row.stopped ?? (row.decisions.BLOCKED ?? 0) + (row.decisions.ERROR ?? 0);

const badness = row => (row.stuckSince ? 1 : 0) + stopped(row) / (row.total + CAUTION);

const BY = {
  worst: (one, other) => badness(other) - badness(one),
  symbol: (one, other) => one.symbol.localeCompare(other.symbol),
  decisions: (one, other) => other.total - one.total,
  skip: (one, other) => other.skipRate - one.skipRate,
  gate: (one, other) => (other.topGate?.share ?? 0) - (one.topGate?.share ?? 0),
  execute: (one, other) => time(one.lastExecute) - time(other.lastExecute),
  stuck: (one, other) => time(one.stuckSince, Infinity) - time(other.stuckSince, Infinity),
};

const time = (text, otherwise = 0) => (text ? Date.parse(text) : otherwise);

/** The filter finds in symbols, and in their top gates. */
export function arranged(symbols, { filter, sort, turned }) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length
    ? symbols.filter(row => words.every(word => `${row.symbol} ${row.topGate?.gate ?? ''}`.toLowerCase().includes(word)))
    : [...symbols];
  // Infinity − Infinity is not a number: equal
  found.sort((one, other) => (BY[sort](one, other) || 0) || other.total - one.total || one.symbol.localeCompare(other.symbol));
  return turned ? found.reverse() : found;
}

/** The gates that stop most of these symbols' decisions, the alarming ones first: the columns of the heat map. */
export function columns(rows, most) {
  const sums = new Map();
  for (const row of rows) {
    for (const { gate, kind, count } of row.gates) {
      const sum = sums.get(gate) ?? { gate, kind, count: 0 };
      sum.count += count;
      sums.set(gate, sum);
    }
  }
  return [...sums.values()].sort((one, other) => other.count - one.count).slice(0, most);
}
