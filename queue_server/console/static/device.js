// A link may carry the token behind its #: that part never reaches a server, and is wiped from the address at once.
const given = new URLSearchParams(location.hash.slice(1));
if (given.has("token")) {
  history.replaceState(null, "", location.pathname);
  document.getElementById("token").value = given.get("token");
  if (given.has("next")) document.getElementById("next").value = given.get("next");
  document.getElementById("device").requestSubmit();
}
