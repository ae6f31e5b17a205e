// What makes the pages quicker to use. All but sending pictures works without it.
"use strict";

document.documentElement.classList.add("scripted");

// A form that must not be sent twice by a double click. What is sent twice all the same takes effect once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  form.querySelectorAll("button[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
});

// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-once]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

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

// The navigation is open where there is room beside the page.
const wide = window.matchMedia("(min-width: 60rem)");
const openMenu = () => document.querySelectorAll("[data-open-when-wide]").forEach((part) => { part.open = wide.matches; });
wide.addEventListener("change", openMenu);
openMenu();

// Empty fields say nothing, and need not stand in the address.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
});

// Keys: "/" to search, "g" and a letter to go somewhere, "?" for the list of them.
const places = { o: "/admin/orders", p: "/admin/products", d: "/admin" };
let going = false;
const showKeys = () => document.getElementById("keys")?.showModal();
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show=keys]")) showKeys();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) {
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
