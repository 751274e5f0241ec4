// The event bus of P3.5 over a WebSocket: copy this file. No library; browsers, Node 22 and Deno.
//
//   const bus = new Bus('ws://127.0.0.1:8035/eventbus/websocket');
//   const why = await bus.ask('p35.insight.why', { window: '5m' });
//   bus.on('p35.alerts.changed', (change, name) => console.log(name, change.alert.sentence));
//
// A browser shows its session cookie by itself. Node is given the token:
//
//   new Bus(url, { headers: { Authorization: `Bearer ${process.env.P35_TOKEN}` } });

const PING_MS = 5_000; // who says nothing for 30 s is sent away
const UNHEARD_PINGS = 3; // so many unanswered, and the connection is dead, whatever the browser thinks of it
const PATIENCE_MS = 35_000; // a command may take 30 s
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];

export class Bus {
  /** Is told whether it is connected, whenever that changes. */
  onstate = connected => {};

  /** Is told when this was too slow, and facts of an address were left out: ask for what is so now. */
  onmissed = address => console.warn(`facts of ${address} were left out`);

  #url; #options; #pingMillis; #socket; #pings; #retry;
  #tries = 0;
  #unheard = 0;
  #last = 0;
  #asked = new Map(); // by the address of the reply
  #handlers = new Map(); // by the address of the fact
  #unsent = [];

  constructor(url, options, pingMillis = PING_MS) {
    this.#url = url;
    this.#options = options;
    this.#pingMillis = pingMillis;
    this.#connect();
  }

  /** Resolves with the answer; rejects with an Error that has the failure's code. */
  ask(address, body = {}) {
    return new Promise((resolve, reject) => {
      const replyAddress = String(++this.#last);
      const late = setTimeout(() => this.#fail(replyAddress, 504, `${address} did not answer`), PATIENCE_MS);
      this.#asked.set(replyAddress, { resolve, reject, late });
      this.#say({ type: 'send', address, body, replyAddress });
    });
  }

  /** Calls the handler with the body and the name of its record, also after a reconnection. Returns what ends it. */
  on(address, handler) {
    if (!this.#handlers.has(address)) this.#handlers.set(address, new Set());
    this.#handlers.get(address).add(handler);
    if (this.#open) this.#say({ type: 'register', address });
    return () => {
      const left = this.#handlers.get(address);
      if (!left?.delete(handler) || left.size > 0) return;
      this.#handlers.delete(address);
      if (this.#open) this.#say({ type: 'unregister', address });
    };
  }

  close() {
    clearTimeout(this.#retry);
    this.#leave();
  }

  get #open() { return this.#socket.readyState === WebSocket.OPEN; }

  #connect() {
    this.#unheard = 0;
    this.#pings = setInterval(() => this.#ping(), this.#pingMillis);
    this.#socket = new WebSocket(this.#url, this.#options);
    this.#socket.onmessage = event => this.#hear(JSON.parse(event.data));
    this.#socket.onopen = () => {
      for (const address of this.#handlers.keys()) this.#say({ type: 'register', address });
      this.#unsent.splice(0).forEach(frame => this.#say(frame));
      this.onstate(true);
    };
    this.#socket.onclose = () => this.#again();
  }

  /** Also while it connects, which may take minutes when nobody answers. */
  #ping() {
    if (this.#unheard++ >= UNHEARD_PINGS) this.#again();
    else if (this.#open) this.#say({ type: 'ping', replyAddress: 'pong' });
  }

  #again() {
    this.#leave();
    this.onstate(false);
    this.#retry = setTimeout(() => this.#connect(), RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)]);
  }

  /** Does not wait for the other side to agree. */
  #leave() {
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#lost();
  }

  #say(frame) {
    if (this.#open) this.#socket.send(JSON.stringify(frame));
    else this.#unsent.push(frame);
  }

  #hear({ type, address, headers, body, failureCode, message }) {
    this.#unheard = 0;
    if (type === 'pong') {
      this.#tries = 0;
    } else if (type === 'err' && failureCode === 503 && this.#handlers.has(address)) {
      this.onmissed(address);
    } else if (type === 'err') {
      if (!this.#fail(address, failureCode, message)) console.error(`the bus refuses: ${message}`);
    } else if (this.#asked.has(address)) {
      this.#settle(address).resolve(body);
    } else {
      this.#handlers.get(address)?.forEach(handler => handler(body, headers?.message));
    }
  }

  /** False when nobody asked. */
  #fail(replyAddress, code, message) {
    const asked = this.#settle(replyAddress);
    asked?.reject(Object.assign(new Error(message), { code }));
    return Boolean(asked);
  }

  #settle(replyAddress) {
    const asked = this.#asked.get(replyAddress);
    clearTimeout(asked?.late);
    this.#asked.delete(replyAddress);
    return asked;
  }

  #lost() {
    clearInterval(this.#pings);
    this.#unsent = [];
    for (const replyAddress of [...this.#asked.keys()]) {
      this.#fail(replyAddress, 503, 'not connected: a question may be asked again; look whether a command was done');
    }
  }
}
