// The address bar holds the view: a link shows the same to the next person.

export const WINDOWS = ['1m', '5m', '15m', '1h'];
export const SPANS = ['1h', '3h', '12h', '48h'];
const SORTS = ['worst', 'symbol', 'decisions', 'skip', 'gate', 'execute', 'stuck'];

const DEFAULTS = { window: '5m', gate: '', filter: '', sort: 'worst', turned: false, span: '3h', from: '', to: '' };

const among = (value, list, otherwise) => (list.includes(value) ? value : otherwise);
const instant = text => (text && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString().replace('.000Z', 'Z') : '');

export function read(search = location.search) {
  const given = new URLSearchParams(search);
  const from = instant(given.get('from'));
  const to = instant(given.get('to'));
  const period = from && to && from < to;
  return {
    window: among(given.get('window'), WINDOWS, DEFAULTS.window),
    gate: given.get('gate') ?? '',
    filter: given.get('filter') ?? '',
    sort: among(given.get('sort'), SORTS, DEFAULTS.sort),
    turned: given.get('turned') === 'true',
    span: among(given.get('span'), SPANS, DEFAULTS.span),
    from: period ? from : '',
    to: period ? to : '',
  };
}

export function write(view) {
  const parameters = Object.entries(view).filter(([name, value]) => value !== DEFAULTS[name]);
  const search = new URLSearchParams(parameters).toString();
  history.replaceState(null, '', `${location.pathname}${search ? `?${search}` : ''}${location.hash}`);
}
