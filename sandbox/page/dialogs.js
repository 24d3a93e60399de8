// The page's dialogs.
import { price } from "./dom.js";

function shown(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
}

/** How the person pays: "pay", "decline", "wrong_amount", or "" for not at all. */
export function choosePayment(invoice) {
  const dialog = document.getElementById("pay");
  dialog.querySelector("h2").textContent = invoice?.title ?? "Invoice link";
  dialog.querySelector(".muted").textContent = invoice?.description ?? "";
  dialog.querySelector(".amount").textContent = invoice ? price(invoice.total_amount, invoice.currency) : "";
  return shown(dialog);
}

export function ask(text) {
  const dialog = document.getElementById("alert");
  dialog.querySelector(".alert-text").textContent = text;
  if (dialog.open) return Promise.resolve("");
  return shown(dialog);
}

/** Name and language of a person to add, null when cancelled. */
export async function newPerson() {
  const dialog = document.getElementById("add");
  const form = dialog.querySelector("form");
  form.reset();
  const answer = await shown(dialog);
  return answer === "add" ? { first_name: form.name.value, language_code: form.language.value } : null;
}
