// One call to the hall's JSON interface, with the answer or the problem in words a person can act on.
const TIMEOUT_MS = 8000;
const csrf = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

export function words() {
  return JSON.parse(document.getElementById("words")?.textContent || "{}");
}

export async function send(path, body) {
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
