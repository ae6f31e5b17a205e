// What makes the pages quicker to use. Everything works without it.
"use strict";

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

// Suggestions go when somebody leaves the search.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) document.getElementById("suggestions")?.replaceChildren();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.getElementById("suggestions")?.replaceChildren();
});
