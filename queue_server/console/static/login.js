// Sign-in: shows the password on wish, and counts down after too many tries.
const password = document.getElementById("password");
document.getElementById("show-password").addEventListener("change", (event) => {
  password.type = event.target.checked ? "text" : "password";
});

const shown = document.querySelector("[data-countdown]");
if (shown) {
  const button = document.getElementById("enter");
  const until = performance.now() + Number(shown.dataset.countdown) * 1000;
  button.disabled = true;
  const count = () => {
    const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    button.disabled = left > 0;
    if (left > 0) setTimeout(count, 250);
  };
  count();
}
