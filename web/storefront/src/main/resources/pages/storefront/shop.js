// What makes the pages quicker to use. Everything works without it.
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

document.addEventListener("change", (event) => {
  const field = event.target;
  const form = field.form;
  if (!form) return;
  if (form.matches("[data-submit-on-change]") || field.id === "order" || (form.id === "filters" && field.type === "checkbox")) {
    if (form.reportValidity()) form.requestSubmit();
  }
  if (field.dataset.price) {
    document.querySelector("#price .now").textContent = field.dataset.price;
  }
});

// An address that was kept fills the fields.
document.addEventListener("click", (event) => {
  const choice = event.target.closest(".address-choice");
  if (!choice) return;
  for (const name of ["firstName", "lastName", "company", "addressLine1", "addressLine2", "city", "state", "postalCode", "country", "phone"]) {
    const field = document.getElementById(name);
    if (field) field.value = choice.dataset[name] ?? "";
  }
});

// Filters are open where there is room beside the list.
const wide = window.matchMedia("(min-width: 62rem)");
const openFilters = () => document.querySelectorAll("[data-open-when-wide]").forEach((part) => { part.open = wide.matches; });
wide.addEventListener("change", openFilters);
openFilters();

// Empty fields say nothing, and need not stand in the address.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
});

// Suggestions go when somebody leaves the search.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) document.getElementById("suggestions")?.replaceChildren();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.getElementById("suggestions")?.replaceChildren();
});
