// One call to the hall's JSON interface, with the answer or the problem in words a person can act on.
const TIMEOUT_MS = 8000;
const AGAIN_MS = 1000;
const csrf = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

export function words() {
  return JSON.parse(document.getElementById("words")?.textContent || "{}");
}

// A name for one press: the server does what it stands for once, however often it is asked.
// Not randomUUID: a browser has that only over https, and a hall's network may have none.
export function pressKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// With the key of a press, a lost answer is asked for once more: the server knows the key and does nothing twice.
export async function send(path, body, key = "") {
  const reply = await sendOnce(path, body, key);
  if (reply.status || !key) return reply;
  await new Promise((done) => { setTimeout(done, AGAIN_MS); });
  return sendOnce(path, body, key);
}

async function sendOnce(path, body, key) {
  const said = words();
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method: "POST",
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        "Accept": "application/json",
        "Accept-Language": document.documentElement.lang,
        "Content-Type": "application/json",
        "X-CSRF-Token": csrf,
        ...(key && { "Idempotency-Key": key }),
      },
      body: JSON.stringify(body ?? {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return { ok: false, status: 0, data: null, detail: said.unreachable, action: said.unsure };
  }
  const data = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return { ok: true, status: answer.status, data };
  return {
    ok: false,
    status: answer.status,
    data,
    code: data?.code,
    detail: data?.detail || said.refused,
    action: data?.action || said.no_answer,
  };
}
