// The answer, live. Events bring whole answers, so nothing is kept but the newest one.

const OUTCOMES = {
  EXECUTE: 'healthy 30–50 %', SKIP: 'healthy 30–50 %', BLOCKED: 'healthy 10–20 %',
  ERROR: 'healthy under 5 %', UNKNOWN: 'healthy under 5 %',
};
const WINDOWS = { 1: '1m', 5: '5m', q: '15m', h: '1h' };
const STALE_SECONDS = 20; // insight speaks at least every 10 s
const TRY_AGAIN_MS = 3000;

const $ = id => document.getElementById(id);
const count = n => n.toLocaleString('en').replaceAll(',', ' ');
const percent = share => `${(100 * share).toFixed(1)} %`;
const clock = iso => new Date(iso).toISOString().slice(11, 19);

const given = new URLSearchParams(location.search).get('window');
let chosen = Object.values(WINDOWS).includes(given) ? given : '5m';
let source;
let answer;
let connected = false;
let lostAt;
let locked = false;

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Long codes may break after _ and :, times and addresses not, and nothing elsewhere while that is enough. */
function breakable(text) {
  return text.split(/(?<=_|[^0-9]:(?!\/))/).flatMap((part, i) => (i ? [element('wbr'), part] : [part]));
}

function showAnswer(why) {
  const before = answer;
  answer = why;
  $('state').textContent = why.state === 'TRADING' ? `● ${why.state}` : `◆ ${why.state}`;
  $('state').dataset.state = why.state;
  $('sentence').replaceChildren(...breakable(why.sentence));
  document.title = `${why.state} · P3.5`;
  if (before && before.state !== why.state) $('announcement').textContent = why.sentence;
  const { name, from, to, total } = why.window;
  $('about').textContent = `${count(total)} decisions in ${name}, ${clock(from)} – ${clock(to)} UTC · last EXECUTE `
    + (why.lastExecute ? clock(why.lastExecute) : 'never') + ` · skip rate ${percent(why.skipRate)}`;
  $('findings').replaceChildren(...why.findings.map(finding => element('li', finding)));
  $('next').hidden = why.actions.length === 0;
  $('actions').replaceChildren(...why.actions.map(action));
  showDistribution(why.decisions, total);
  showGates(why.gates);
}

function action(text) {
  const item = element('li');
  const isCommand = text.startsWith('redis-cli');
  item.append(element(isCommand ? 'code' : 'span', text));
  if (isCommand) {
    const copy = element('button', 'copy', { type: 'button' });
    copy.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text);
      copy.textContent = 'copied';
    });
    item.append(copy);
  }
  return item;
}

function showDistribution(decisions, total) {
  const share = outcome => (total ? decisions[outcome] / total : 0);
  $('distribution').setAttribute('aria-label',
    Object.keys(OUTCOMES).map(outcome => `${outcome} ${percent(share(outcome))}`).join(', '));
  $('distribution').replaceChildren(...Object.keys(OUTCOMES).filter(outcome => decisions[outcome]).map(outcome => {
    const part = element('span', undefined, { class: outcome, title: `${outcome} ${percent(share(outcome))}` });
    part.style.flexGrow = decisions[outcome];
    return part;
  }));
  $('legend').replaceChildren(...Object.entries(OUTCOMES).map(([outcome, healthy]) => {
    const item = element('li', undefined, { class: outcome });
    item.append(element('span', `${outcome} ${count(decisions[outcome] ?? 0)} · ${percent(share(outcome))} `),
      element('small', healthy));
    return item;
  }));
}

function showGates(gates) {
  $('no-gates').hidden = gates.length > 0;
  $('gates').replaceChildren(...gates.map(gate => {
    const row = element('tr', undefined, { class: `${gate.kind}${gate.share >= 0.4 ? ' over' : ''}` });
    const name = element('td');
    name.append(...breakable(gate.gate), element('small', gate.kind));
    const track = element('div', undefined, { class: 'track' });
    const bar = element('i');
    bar.style.width = percent(gate.share).replace(' ', '');
    track.append(bar, element('b'), element('b'), element('b'));
    const share = element('td');
    share.append(track);
    row.append(name, share, element('td', percent(gate.share)), element('td', count(gate.count)),
      element('td', gate.plans === null ? '–' : count(gate.plans)));
    return row;
  }));
}

function showHealth(health) {
  $('health-sentence').textContent = health.sentence;
  $('components').replaceChildren(...health.components.map(({ component, level, sentence }) => {
    const item = element('li', undefined, { 'data-level': level });
    item.append(element('b', component), `${level === 'UP' ? '' : `${level}: `}${sentence}`);
    return item;
  }));
  const { version, uptimeSeconds, residentBytes } = health.process;
  const { processed, pending, lag, behindSeconds } = health.ingest;
  $('process').textContent = `processed ${processed ?? '?'} · pending ${pending ?? '?'} · lag ${lag ?? '?'} · behind `
    + `${behindSeconds ?? '?'} s · version ${version} · up ${Math.round(uptimeSeconds / 60)} min`
    + (residentBytes ? ` · ${Math.round(residentBytes / 2 ** 20)} MB` : '');
}

/** Says how fresh the answer is; an old one is greyed and says since when. */
function showConnection() {
  const age = answer ? (Date.now() - Date.parse(answer.asOf)) / 1000 : undefined;
  let state = 'live';
  let words = age === undefined ? 'connected, waiting for an answer' : `live, ${Math.max(0, Math.round(age))} s old`;
  if (locked) {
    [state, words] = ['locked', 'locked'];
  } else if (!connected) {
    [state, words] = ['lost', lostAt ? `not connected since ${clock(lostAt)} UTC, trying again` : 'connecting …'];
  } else if (age === undefined) {
    state = 'waiting';
  } else if (answer.state === 'REDIS_DOWN' || age > STALE_SECONDS) {
    [state, words] = ['stale', `stale since ${clock(answer.asOf)} UTC`];
  }
  document.body.dataset.connection = state;
  $('connection').textContent = words;
}

function connect() {
  source?.close();
  source = new EventSource(`/api/v1/events?window=${chosen}`);
  const mine = source;
  source.onopen = () => {
    connected = true;
    lostAt = undefined;
    showConnection();
  };
  source.onerror = () => {
    lostAt ??= Date.now();
    connected = false;
    showConnection();
    // the browser itself tries again, unless the service refused
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => mine === source && afterRefusal(), TRY_AGAIN_MS);
    if (!locked) askWhetherLocked();
  };
  source.addEventListener('windows', event => {
    showAnswer(JSON.parse(event.data));
    showConnection();
  });
  source.addEventListener('health', event => showHealth(JSON.parse(event.data)));
}

function afterRefusal() {
  if (!locked) connect();
}

/** An event stream does not tell why it was refused. */
async function askWhetherLocked() {
  try {
    const response = await fetch('/api/v1/health');
    locked = response.status === 401;
    $('login').hidden = !locked;
    showConnection();
  } catch {
    // not there at all: showConnection has said so
  }
}

$('login').addEventListener('submit', async event => {
  event.preventDefault();
  const response = await fetch('/api/v1/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: $('token').value }),
  });
  if (!response.ok) {
    $('login-trouble').textContent = response.status === 401 ? 'This is not its token.' : 'The service refused this.';
    return;
  }
  locked = false;
  $('login').hidden = true;
  $('token').value = '';
  connect();
});

function choose(window) {
  chosen = window;
  history.replaceState(null, '', `?window=${window}`);
  for (const button of $('windows').children) button.setAttribute('aria-pressed', button.dataset.window === window);
  connect();
}

$('windows').addEventListener('click', event => event.target.dataset.window && choose(event.target.dataset.window));
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === 'INPUT') return;
  if (WINDOWS[event.key]) choose(WINDOWS[event.key]);
  if ('ace'.includes(event.key)) $(event.key).scrollIntoView({ behavior: 'smooth' });
});
setInterval(showConnection, 1000);
choose(chosen);
