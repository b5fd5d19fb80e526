// Says a new device alert once to who listens to the page, and tells whether one stands.
export function makeDeviceAlert(said) {
  let known = null;
  return () => {
    const shown = document.getElementById("device-alert");
    const now = shown?.dataset.alert ?? "";
    if (now && known !== null && now !== known) said.textContent = shown.querySelector("h2").textContent;
    known = now;
    return Boolean(now);
  };
}
