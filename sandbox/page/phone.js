// One person's phone.
import { get, pause, post, reachable } from "./api.js";
import { make } from "./dom.js";
import { messageElement } from "./message.js";
import { ask, choosePayment } from "./dialogs.js";

const LABELS = { client: "Client", expert: "Expert", admin: "Admin" };
const HUES = [205, 250, 145, 20, 330, 175, 35];
const LONGEST_FILE = 15 * 1024 * 1024;

export class Phone {
  constructor(person, place) {
    this.person = person;
    this.hue = HUES[place % HUES.length];
    this.last = 0;
    this.first = true;
    this.elements = new Map();
    this.loading = false;
    const name = person.role ?? person.id;
    this.element = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.element.dataset.testid = `phone-${name}`;
    this.element.dataset.user = person.id;
    this.part = (selector) => this.element.querySelector(selector);
    this.fillHead();
    this.listen();
    this.drawStart();
  }

  fillHead() {
    this.part(".avatar").textContent = [...this.person.first_name][0];
    this.part(".avatar").style.setProperty("--hue", this.hue);
    this.part(".who b").textContent = this.person.first_name;
    this.role = LABELS[this.person.role] ?? "Person";
    this.part(".who small").textContent = this.role;
    const language = this.part(".language");
    if (![...language.options].some((option) => option.value === this.person.language_code)) {
      language.append(new Option(this.person.language_code, this.person.language_code));
    }
    language.value = this.person.language_code;
  }

  listen() {
    const input = this.part("textarea");
    this.part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      }
    });
    input.addEventListener("input", () => this.grow());
    this.part(".language").addEventListener("change", (event) => this.setLanguage(event.target.value));
    this.part(".block").addEventListener("click", () => this.act(() => post("faults", { [this.blocked ? "unblock" : "block"]: this.person.id })));
    this.part(".start").addEventListener("click", () => this.say("/start"));
    this.part(".menu").addEventListener("click", () => this.toggleCommands());
    this.part(".attach").addEventListener("click", () => this.toggle(".attach-menu"));
    this.part(".attach-menu").addEventListener("click", (event) => this.attach(event.target.dataset.kind));
    this.part("input[type=file]").addEventListener("change", (event) => this.sendFile(event.target));
    this.part(".keyboard-toggle").addEventListener("click", () => this.toggle(".keyboard"));
    this.part(".messages").addEventListener("click", () => this.closeMenus());
  }

  submit() {
    const input = this.part("textarea");
    const text = input.value;
    if (!text.trim()) return;
    input.value = "";
    this.grow();
    this.say(text);
  }

  grow() {
    const input = this.part("textarea");
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 130)}px`;
  }

  say(text) {
    this.closeMenus();
    return this.send({ text });
  }

  send(message) {
    return this.act(() => post(`users/${this.person.id}/messages`, message));
  }

  async act(action) {
    try {
      return await action();
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  async setLanguage(code) {
    this.person.language_code = code;
    await this.act(() => post("users", { id: this.person.id, language_code: code }));
    this.toast(code === "zh" ? "应用语言：中文" : "App language: English");
  }

  attach(kind) {
    this.closeMenus();
    if (kind === "file") this.part("input[type=file]").click();
    else if (kind) this.send({ [kind]: true });
  }

  async sendFile(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    if (file.size > LONGEST_FILE) {
      this.toast("The sandbox takes files of up to 15 MB");
      return;
    }
    const base64 = await asBase64(file);
    const kind = /^image\/(png|jpeg|gif)$/.test(file.type) ? "photo" : "document";
    await this.send({ [kind]: { file_name: file.name, base64 } });
  }

  async press(message, button, element) {
    if (button.pay) {
      this.pay({ message_id: message.message_id }, message.invoice);
      return;
    }
    if (button.url) {
      this.open(button.url);
      return;
    }
    if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text);
      this.toast("Copied");
      return;
    }
    if (!button.callback_data) return;
    element.classList.add("waiting");
    const wanted = { message_id: message.message_id, data: button.callback_data };
    await this.act(() => post(`users/${this.person.id}/clicks`, wanted));
    await pause(1500);
    element.classList.remove("waiting");
  }

  open(address) {
    const start = address.match(/^https:\/\/t\.me\/hourwise_sandbox_bot\?start=([\w-]+)$/);
    if (start) this.say(`/start ${start[1]}`);
    else if (address.startsWith("https://t.me/$")) this.pay({ link: address }, null);
    else window.open(reachable(address), "_blank", "noopener");
  }

  async pay(what, invoice) {
    const outcome = await choosePayment(invoice);
    if (outcome) await this.act(() => post(`users/${this.person.id}/payments`, { ...what, outcome }));
  }

  async refresh() {
    if (this.loading) {
      this.again = true;
      return;
    }
    this.loading = true;
    try {
      do {
        this.again = false;
        this.show(await get(`users/${this.person.id}/chat?after=${this.last}`));
      } while (this.again);
    } finally {
      this.loading = false;
    }
  }

  show(chat) {
    const log = this.part(".messages");
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
    for (const message of chat.messages) this.showMessage(message);
    if (!this.first) chat.toasts.forEach((toast) => this.showToast(toast));
    this.last = chat.last;
    this.commands = chat.commands;
    this.blocked = chat.blocked;
    this.element.classList.toggle("blocked", chat.blocked);
    this.part(".block").title = chat.blocked ? "Unblock the bot" : "Block the bot";
    this.showKeyboard(chat.keyboard);
    this.drawStart();
    if (chat.messages.length && (atEnd || this.first)) log.scrollTop = log.scrollHeight;
    this.first = false;
  }

  showMessage(message) {
    const old = this.elements.get(message.message_id);
    if (message.deleted) {
      if (old) {
        old.classList.add("gone");
        setTimeout(() => old.remove(), 250);
        this.elements.delete(message.message_id);
      }
      return;
    }
    const acts = { say: (text) => this.say(text), press: (...what) => this.press(...what) };
    const element = messageElement(message, acts, hours);
    if (old) {
      element.classList.add("changed");
      if (old.classList.contains("turn")) element.classList.add("turn");
      old.replaceWith(element);
    } else {
      const previous = this.part(".messages").lastElementChild;
      if (previous && previous.classList.contains("mine") !== element.classList.contains("mine")) element.classList.add("turn");
      if (!this.first) element.classList.add("new");
      this.part(".messages").append(element);
    }
    if (message.from.is_bot) this.part(".who small").textContent = this.role;
    this.part(".who small").classList.remove("typing");
    this.elements.set(message.message_id, element);
  }

  showToast(toast) {
    if (toast.action) this.showTyping();
    else if (toast.alert && toast.text) ask(toast.text);
    else if (toast.text) this.toast(toast.text);
    if (toast.url) this.open(toast.url);
  }

  showTyping() {
    const label = this.part(".who small");
    label.textContent = "bot is typing…";
    label.classList.add("typing");
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      label.textContent = this.role;
      label.classList.remove("typing");
    }, 5000);
  }

  toast(text) {
    const toast = this.part(".toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => { toast.hidden = true; }, 3500);
  }

  showKeyboard(keyboard) {
    const signature = JSON.stringify(keyboard);
    if (signature === this.keyboardShown) return;
    this.keyboardShown = signature;
    const place = this.part(".keyboard");
    const rows = keyboard?.keyboard ?? [];
    place.replaceChildren(...rows.map((row) => make("div", { class: "row" }, ...row.map((button) => this.replyButton(button, keyboard)))));
    place.hidden = rows.length === 0;
    this.part(".keyboard-toggle").hidden = rows.length === 0;
    this.part("textarea").placeholder = keyboard?.input_field_placeholder ?? "Message";
    if (keyboard?.force_reply) this.part("textarea").focus();
  }

  replyButton(button, keyboard) {
    const press = () => {
      if (keyboard.one_time_keyboard) this.part(".keyboard").hidden = true;
      if (button.request_contact) this.send({ contact: true });
      else if (button.request_location) this.send({ location: true });
      else this.say(button.text);
    };
    return make("button", { type: "button", "data-testid": "reply-button", onclick: press }, button.text);
  }

  drawStart() {
    const empty = this.elements.size === 0;
    const start = this.part(".start");
    this.part(".empty")?.toggleAttribute("hidden", !empty);
    start.hidden = !(empty || this.blocked);
    start.textContent = this.blocked ? "Restart bot" : "Start";
    this.part("form").hidden = Boolean(this.blocked);
  }

  async toggleCommands() {
    await this.act(() => this.refresh());
    const place = this.part(".commands");
    const listed = this.commands?.length ? this.commands : [{ command: "start", description: "Begin" }];
    place.replaceChildren(...listed.map(({ command, description }) =>
      make("button", { type: "button", onclick: () => this.say(`/${command}`) }, make("b", {}, `/${command}`), make("span", {}, description))));
    this.toggle(".commands");
  }

  toggle(selector) {
    const part = this.part(selector);
    const wasHidden = part.hidden;
    if (selector !== ".keyboard") this.closeMenus();
    part.hidden = !wasHidden;
  }

  closeMenus() {
    this.part(".commands").hidden = true;
    this.part(".attach-menu").hidden = true;
  }
}

function hours(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}

function asBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
