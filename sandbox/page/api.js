// The sandbox's own addresses.

export async function get(path) {
  return read(await fetch(`/sandbox/api/${path}`));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return read(await fetch(`/sandbox/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function read(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error?.message ?? body.error ?? `error ${response.status}`);
  return body;
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The card processor's pages lie on this very server, however the product reaches it. */
export function reachable(address) {
  try {
    const url = new URL(address);
    return /\/stripe\/(pay|onboard)\//.test(url.pathname) ? location.origin + url.pathname : address;
  } catch {
    return address;
  }
}
