// One message as an element.
import { fileSize, make, price } from "./dom.js";
import { formatted } from "./entities.js";

/** `acts`: say(text), press(message, button, element), pay(message). */
export function messageElement(message, acts, clockTime) {
  const service = serviceText(message);
  if (service) {
    return make("div", { class: "service", "data-testid": "service", "data-message-id": message.message_id }, service);
  }
  const mine = !message.from.is_bot;
  const bubble = make("div", { class: "bubble" }, quote(message), ...body(message, acts), meta(message, clockTime));
  const attributes = {
    class: mine ? "message mine" : "message",
    "data-testid": mine ? "message-mine" : "message",
    "data-message-id": message.message_id,
  };
  return make("div", attributes, bubble, inlineKeyboard(message, acts));
}

function serviceText(message) {
  const paid = message.successful_payment;
  if (paid?.is_recurring) return `You paid ${price(paid.total_amount, paid.currency)} for 30 days`;
  if (paid) return `You paid ${price(paid.total_amount, paid.currency)}`;
  const refunded = message.refunded_payment;
  if (refunded) return `${price(refunded.total_amount, refunded.currency)} was refunded to you`;
  return "";
}

function meta(message, clockTime) {
  return make("span", { class: "meta" }, `${message.edit_date ? "edited " : ""}${clockTime(message.date)}`);
}

function quote(message) {
  const original = message.reply_to_message;
  if (!original) return null;
  return make("span", { class: "quote" }, original.text ?? original.caption ?? "Message");
}

function body(message, acts) {
  const parts = media(message);
  const text = message.text ?? message.caption;
  if (text) {
    const entities = message.entities ?? message.caption_entities;
    parts.push(make("span", { class: "text", dir: "auto" }, formatted(text, entities, acts.say)));
  }
  if (message.invoice) parts.push(invoice(message));
  return parts;
}

function media(message) {
  if (message.photo) {
    const { width, height, ...photo } = message.photo.at(-1);
    const source = fileAddress(photo);
    const image = make("img", { class: "photo", src: source, width, height, alt: "Photo", "data-testid": "photo" });
    return [make("a", { href: source, target: "_blank" }, image)];
  }
  if (message.document) return [documentLink(message.document)];
  if (message.voice) return [make("audio", { controls: "", preload: "none", src: fileAddress(message.voice), "data-testid": "voice" })];
  if (message.audio) return [make("audio", { controls: "", preload: "none", src: fileAddress(message.audio), "data-testid": "audio" })];
  if (message.video) return [make("video", { controls: "", preload: "none", src: fileAddress(message.video), "data-testid": "video" })];
  if (message.sticker) return [make("img", { class: "sticker", src: fileAddress(message.sticker), alt: message.sticker.emoji })];
  if (message.contact) return [card(`👤 ${message.contact.first_name}`, message.contact.phone_number)];
  if (message.location) return [card("📍 Location", `${message.location.latitude}, ${message.location.longitude}`)];
  return [];
}

function fileAddress(file) {
  return `/sandbox/api/files/${encodeURIComponent(file.file_id)}`;
}

function documentLink(file) {
  const suffix = (file.file_name ?? "").split(".").pop().slice(0, 4).toUpperCase();
  return make(
    "a",
    { class: "file", href: fileAddress(file), download: file.file_name ?? "", "data-testid": "document" },
    make("i", {}, suffix || "FILE"),
    make("span", {}, make("b", {}, file.file_name ?? "File"), make("small", {}, fileSize(file.file_size ?? 0))),
  );
}

function card(title, text) {
  return make("div", { class: "card" }, make("b", {}, title), make("small", {}, text));
}

function invoice(message) {
  const { title, description, total_amount: amount, currency } = message.invoice;
  const paid = message.paid ? make("span", { class: "paid" }, "✓ paid") : null;
  return make(
    "div",
    { class: "invoice", "data-testid": "invoice" },
    make("h4", {}, title),
    make("p", {}, description),
    make("span", { class: "sum" }, price(amount, currency)),
    paid,
  );
}

function inlineKeyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows || message.paid) return null;
  const keyboard = make("div", { class: "inline", "data-testid": "inline-keyboard" });
  for (const row of rows) {
    keyboard.append(make("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, acts))));
  }
  return keyboard;
}

function inlineButton(message, button, acts) {
  const kind = button.url ? "link" : button.pay ? "pay" : "";
  const element = make("button", { type: "button", class: kind, "data-testid": "button" }, button.text);
  element.addEventListener("click", () => acts.press(message, button, element));
  return element;
}
