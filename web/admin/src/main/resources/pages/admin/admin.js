// What makes the pages quicker to use. All but sending pictures works without it.
"use strict";

// A picture is sent as it is.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-picture]")) return;
  event.preventDefault();
  const file = form.querySelector("input[type=file]").files[0];
  const query = new URLSearchParams({ altText: form.elements.altText.value });
  if (form.elements.primary.checked) query.set("primary", "true");
  const failure = form.querySelector("[role=alert]");
  failure.hidden = true;
  try {
    const answer = await fetch(`${form.action}?${query}`, { method: "POST", body: file, headers: { "Content-Type": file.type } });
    if (answer.ok) window.location.assign(answer.url);
    else failure.hidden = false;
  } catch {
    failure.hidden = false;
  }
});

// Keys: "/" to search, "g" and a letter to go somewhere, "?" for the list of them.
const places = { o: "/admin/orders", p: "/admin/products", d: "/admin" };
let going = false;
// Whoever does not want them, such as people who speak to their computer, turns them off; this browser remembers it.
const wanted = document.getElementById("keys-on");
const memory = (() => { try { return window.localStorage; } catch { return null; } })();
if (wanted) {
  wanted.checked = memory?.getItem("keys") !== "off";
  wanted.addEventListener("change", () => memory?.setItem("keys", wanted.checked ? "on" : "off"));
}
const showKeys = () => document.getElementById("keys")?.showModal();
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show=keys]")) showKeys();
});
document.addEventListener("keydown", (event) => {
  if (!wanted?.checked || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) {
    going = false;
    return;
  }
  if (going && places[event.key]) {
    window.location.assign(places[event.key]);
  } else if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === "?") {
    showKeys();
  }
  going = event.key === "g";
});
