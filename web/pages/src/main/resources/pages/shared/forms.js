// What all pages share to be quicker to use. Everything works without it.
"use strict";

document.documentElement.classList.add("scripted");

// Whoever has sent a form goes on with the first field that is wrong.
document.querySelector("[aria-invalid=true]")?.focus();

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

// What is folded on narrow screens is open where there is room, from the width that it names.
document.querySelectorAll("[data-open-when-wide]").forEach((part) => {
  const wide = window.matchMedia(`(min-width: ${part.dataset.openWhenWide})`);
  const follow = () => { part.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
});

// Empty fields say nothing, and need not stand in the address.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
});
