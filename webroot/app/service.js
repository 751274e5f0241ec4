// The service's API: one place that asks, and one kind of error.

const BASE = '/api/v1';
const PATIENCE_MS = 10_000;

class ServiceError extends Error {
  /** @param status 0 when nobody answered */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const ask = path => call(path, {});

export const send = (method, path, body) => call(path, {
  method,
  headers: { 'Content-Type': 'application/json' },
  body: body === undefined ? undefined : JSON.stringify(body),
});

async function call(path, options) {
  let response;
  try {
    response = await fetch(BASE + path, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    throw new ServiceError(0, error.name === 'TimeoutError'
      ? `the service did not answer within ${PATIENCE_MS / 1000} s.` : 'the service is not reached.');
  }
  if (!response.ok) throw new ServiceError(response.status, await reason(response));
  return response.status === 204 || response.status === 202 ? null : response.json();
}

async function reason(response) {
  try {
    const message = (await response.json()).error.message;
    return /[.!?]$/.test(message) ? message : `${message}.`;
  } catch {
    return `the service answered with status ${response.status}.`;
  }
}
