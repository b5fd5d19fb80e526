// One call to the hall's JSON interface, with the answer or the problem in words a person can act on.
const TIMEOUT_MS = 8000;
const AGAIN_MS = 1000;
// Longer than the server waits for a file.
const UPLOAD_MS = 70000;
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

// What is put is the same however often it is put: a lost answer is asked for once more.
export async function put(path, body) {
  const reply = await sendOnce(path, body, "", "PUT");
  if (reply.status) return reply;
  await new Promise((done) => { setTimeout(done, AGAIN_MS); });
  return sendOnce(path, body, "", "PUT");
}

// A file, with `progress` told how much of it has left, from 0 to 1.
export function upload(path, bytes, kind, progress) {
  const said = words();
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/v1${path}`);
    request.timeout = UPLOAD_MS;
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.setRequestHeader("Content-Type", kind);
    request.setRequestHeader("X-CSRF-Token", csrf);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => done(told(request.status, request.response, said));
    request.onerror = request.ontimeout = () => done(lost(said.unsent || said.unsure, said));
    request.send(bytes);
  });
}

function lost(action, said) {
  return { ok: false, status: 0, data: null, detail: said.unreachable, action };
}

function told(status, data, said) {
  if (status >= 200 && status < 300) return { ok: true, status, data };
  return {
    ok: false,
    status,
    data,
    code: data?.code,
    detail: data?.detail || said.refused,
    action: data?.action || said.no_answer,
  };
}

async function sendOnce(path, body, key, method = "POST") {
  const said = words();
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
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
    return lost(said.unsure, said);
  }
  return told(answer.status, answer.status === 204 ? null : await answer.json().catch(() => null), said);
}
