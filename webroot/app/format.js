// Figures and times as a person reads them. Times are UTC, as in the sentence of the answer.

const THIN = '\u202f'; // does not break, so that "62 %" and "1 234" stay together
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const count = number => (number === null || number === undefined ? '–' : grouped(number));

function grouped(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
}

/** What is there is never 0 %, and what is not all is never 100 %: as in the answer's own sentence. */
export function percent(share, digits = 0) {
  if (share === null || share === undefined) return '–';
  const smallest = 10 ** -digits;
  if (share > 0 && share * 100 < smallest / 2) return `<${THIN}${smallest}${THIN}%`;
  if (share < 1 && share * 100 > 100 - smallest / 2) return `>${THIN}${(100 - smallest).toFixed(digits)}${THIN}%`;
  return `${(100 * share).toFixed(digits)}${THIN}%`;
}

/** A change in percentage points: +52, −4, 0. */
export function points(change) {
  if (change === null || change === undefined) return '–';
  const rounded = Math.round(change * 100);
  return rounded === 0 ? '0' : `${rounded > 0 ? '+' : '−'}${Math.abs(rounded)}`;
}

const iso = time => new Date(time).toISOString();

export const clock = time => iso(time).slice(11, 19);

export const minute = time => iso(time).slice(11, 16);

/** 14:02 today, "21 Nov 14:02" on another day. */
export function near(time, now) {
  const day = iso(time).slice(0, 10);
  if (day === iso(now).slice(0, 10)) return minute(time);
  return `${new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })} ${minute(time)}`;
}

/** 14:02–14:08; with the day where it is another one. */
export const period = (from, to, now, dash = '–') => `${near(from, now)}${dash}${near(to, from)}`;

/** As near(), to the second. */
export const precise = (time, now) => `${near(time, now)}${iso(time).slice(16, 19)}`;

/** The two largest units that matter: 45 s, 7 min, 3 h 20 min, 2 days. */
export function span(milliseconds) {
  const length = Math.max(0, milliseconds);
  if (length < 90_000) return `${Math.floor(length / 1000)}${THIN}s`;
  if (length < 2 * HOUR) return `${Math.floor(length / MINUTE)}${THIN}min`;
  if (length < 2 * DAY) {
    const rest = Math.floor((length % HOUR) / MINUTE);
    return `${Math.floor(length / HOUR)}${THIN}h${rest ? ` ${rest}${THIN}min` : ''}`;
  }
  return `${Math.floor(length / DAY)}${THIN}days`;
}

export const megabytes = bytes => (bytes ? `${Math.round(bytes / 2 ** 20)}${THIN}MB` : '–');

/** A person's own time. */
export const local = time =>
  `${new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })} on your clock`;

/** The same without day and seconds. */
export const wall = time => `${new Date(time).toLocaleTimeString('en-GB', { timeStyle: 'short' })} on your clock`;

export const plural = (number, one, many = `${one}s`) => `${count(number)}${THIN}${number === 1 ? one : many}`;
