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
const PATIENCE_MS = 35_000; // a command may take 30 s
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];

export class Bus {
  /** Is told whether it is connected, whenever that changes. */
  onstate = connected => {};

  #url; #options; #socket; #pings; #retry;
  #tries = 0;
  #last = 0;
  #asked = new Map(); // by the address of the reply
  #handlers = new Map(); // by the address of the fact
  #unsent = [];

  constructor(url, options) {
    this.#url = url;
    this.#options = options;
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
    return () => this.#handlers.get(address).delete(handler);
  }

  close() {
    clearTimeout(this.#retry);
    this.#socket.onclose = null;
    this.#lost();
    this.#socket.close();
  }

  get #open() { return this.#socket.readyState === WebSocket.OPEN; }

  #connect() {
    this.#socket = new WebSocket(this.#url, this.#options);
    this.#socket.onmessage = event => this.#hear(JSON.parse(event.data));
    this.#socket.onopen = () => {
      this.#pings = setInterval(() => { this.#tries = 0; this.#say({ type: 'ping' }); }, PING_MS);
      for (const address of this.#handlers.keys()) this.#say({ type: 'register', address });
      this.#unsent.splice(0).forEach(frame => this.#say(frame));
      this.onstate(true);
    };
    this.#socket.onclose = () => {
      this.#lost();
      this.onstate(false);
      this.#retry = setTimeout(() => this.#connect(), RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)]);
    };
  }

  #say(frame) {
    if (this.#open) this.#socket.send(JSON.stringify(frame));
    else this.#unsent.push(frame);
  }

  #hear({ type, address, headers, body, failureCode, message }) {
    if (type === 'err') {
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
